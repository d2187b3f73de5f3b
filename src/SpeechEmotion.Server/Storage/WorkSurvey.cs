using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Storage;

/// <summary>Counts the work of all programs that share the database, and finds what does not progress.</summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class WorkSurvey(HistoryDatabase database)
{
    /// <summary>Where a count of chunks ends: those of ten million recordings.</summary>
    private const int MostChunks = 100_000;

    private const int MostPaused = 20;

    /// <summary>Counts the single recognitions.</summary>
    public Task<WorkDepth> CountRecognitionsAsync(CancellationToken ct) => database.ReadAsync(async context =>
    {
        var now = await database.NowAsync(context, ct);
        var waiting = context.Recognitions.Where(entry => entry.State == RecognitionState.Queued);
        var running = await context.Recognitions.CountAsync(entry => entry.State == RecognitionState.Running, ct);
        var oldest = Since(now, await waiting.MinAsync(entry => (long?)entry.Created, ct));
        return new WorkDepth(await waiting.CountAsync(ct), running, oldest, running == 0 ? oldest : TimeSpan.Zero);
    });

    /// <summary>Counts the chunks of running batches.</summary>
    public Task<WorkDepth> CountChunksAsync(CancellationToken ct) => database.ReadAsync(async context =>
    {
        var now = await database.NowAsync(context, ct);
        var batches = await context.Batches.Where(batch => batch.State == BatchState.Running)
            .Select(batch => new { batch.Id, batch.Created, batch.Served }).ToListAsync(ct);
        // With their identifiers, the index of the chunks is used.
        var ids = batches.Select(batch => batch.Id).ToList();
        var chunks = context.BatchChunks.Where(chunk => ids.Contains(chunk.BatchId));
        var running = await chunks.CountAsync(chunk => chunk.State == ChunkState.Leased && chunk.LeasedUntil >= now, ct);
        var free = ChunkLeases.Free(chunks, now);
        var count = await free.Take(MostChunks).CountAsync(ct);
        if (count == 0)
            return new WorkDepth(0, running, TimeSpan.Zero, TimeSpan.Zero);
        var waiting = await free.Take(MostChunks).Select(chunk => chunk.BatchId).Distinct().ToListAsync(ct);
        return new WorkDepth(
            count, running,
            Since(now, batches.Where(batch => waiting.Contains(batch.Id)).Min(batch => (long?)batch.Created)),
            running == 0 ? Since(now, batches.Max(batch => (long?)Math.Max(batch.Served, batch.Created))) : TimeSpan.Zero);
    });

    /// <summary>Returns the batches that a failure paused, the latest first.</summary>
    public Task<IReadOnlyList<PausedBatch>> ListPausedAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<PausedBatch>>(async context => await context.Batches
            .Where(batch => batch.State == BatchState.Paused && batch.Code != null).OrderByDescending(batch => batch.Id).Take(MostPaused)
            .Select(batch => new PausedBatch(batch.Id, batch.Name, batch.Code!, batch.Message, batch.MessageZh)).ToListAsync(ct));

    /// <summary>Returns recordings on which programs crashed, the latest first: those of batches, then the single ones.</summary>
    /// <param name="most">How many of each at most.</param>
    /// <param name="ct">Cancels the operation.</param>
    public Task<IReadOnlyList<DeadRecording>> ListDeadAsync(int most, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<DeadRecording>>(async context =>
        {
            // A retried recording may have another outcome.
            var items = await (
                from chunk in context.BatchChunks.Where(chunk => chunk.GaveUp)
                join batch in context.Batches on chunk.BatchId equals batch.Id
                from outcome in context.BatchOutcomes
                where outcome.BatchId == chunk.BatchId && outcome.Number >= chunk.First && outcome.Number <= chunk.Last
                    && outcome.Code == RequestErrors.CrashedCode
                join item in context.BatchItems
                    on new { outcome.BatchId, outcome.Number } equals new { item.BatchId, item.Number }
                orderby outcome.BatchId descending, outcome.Number descending
                select new DeadRecording(item.Name, outcome.Completed, null, outcome.BatchId, batch.Name, outcome.Number))
                .Take(most).ToListAsync(ct);
            var single = await context.Recognitions.AsNoTracking()
                .Where(entry => entry.State == RecognitionState.Failed && entry.Code == RequestErrors.CrashedCode)
                .OrderByDescending(entry => entry.Id).Take(most).ToListAsync(ct);
            return
            [
                .. items,
                .. single.Select(entry => new DeadRecording(
                    entry.FileName, entry.ToDocument().Completed?.ToUnixTimeMilliseconds(), entry.Id)),
            ];
        });

    private static TimeSpan Since(long now, long? then) =>
        then is { } time && time < now ? TimeSpan.FromMilliseconds(now - time) : TimeSpan.Zero;
}
