using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>
/// Distributes the chunks of running batches to workers. A worker that crashes loses its lease; another one continues after the
/// outcomes that it stored. Every change checks that the lease is still the worker's, so an item never gets two outcomes.
/// </summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class ChunkLeases(HistoryDatabase database)
{
    /// <summary>How long a worker may be silent before others take its chunk.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>
    /// An item on which this many workers crashed while they processed it alone gets an error: with the crash before, which was the
    /// reason to process it alone, these are three.
    /// </summary>
    private const int MostCrashes = 2;

    /// <summary>
    /// Ends all leases as those of crashed workers, before this program takes any: in the output folder, whose lock it holds, no other
    /// worker can be running. Workers that share a database wait until the leases run out.
    /// </summary>
    public Task EndAllAsync(CancellationToken ct) => database.IsShared ? Task.CompletedTask : database.WriteAsync(
        context => context.BatchChunks.Where(chunk => chunk.State == ChunkState.Leased)
            .ExecuteUpdateAsync(chunk => chunk.SetProperty(c => c.LeasedUntil, 0), ct), ct);

    /// <summary>Takes the next chunk: of the batch with the greatest priority, then of the batch that was served longest ago.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <param name="blocked">Batches that the worker cannot process; null for none.</param>
    /// <returns>Null if there is no work.</returns>
    public async Task<LeasedChunk?> TakeAsync(string worker, CancellationToken ct, IReadOnlyCollection<int>? blocked = null)
    {
        var except = blocked ?? [];
        // Without work, a worker that asks twice a second must not hold up the writers.
        if (!await database.ReadAsync(context => Running(context, except).AnyAsync(
            batch => context.BatchChunks.Any(chunk =>
                chunk.BatchId == batch.Id && (chunk.State == ChunkState.Pending || chunk.State == ChunkState.Leased)), ct)))
        {
            return null;
        }
        if (await database.WriteAsync(context => TakeAsync(context, worker, except, ct), ct) is not { } chunk)
            return null;
        // A transaction of its own: one that locked a chunk and its batch could wait for one that locks them in the other order.
        await database.WriteAsync(context => ServeAsync(context, chunk, ct), ct);
        return chunk;
    }

    /// <summary>Counts the chunks that a worker may take now.</summary>
    /// <param name="most">Where the count ends.</param>
    /// <param name="ct">Cancels the operation.</param>
    public Task<int> CountFreeAsync(int most, CancellationToken ct) => database.ReadAsync(async context =>
    {
        // With their identifiers, the index of the chunks is used.
        var batches = await Running(context, []).Select(batch => batch.Id).ToListAsync(ct);
        if (batches.Count == 0)
            return 0;
        var now = await database.NowAsync(context, ct);
        return await Free(context.BatchChunks.Where(chunk => batches.Contains(chunk.BatchId)), now).Take(most).CountAsync(ct);
    });

    /// <summary>Those chunks that a worker may take.</summary>
    /// <param name="chunks">Chunks of running batches.</param>
    /// <param name="now">The time by the database's clock, in milliseconds since 1970.</param>
    internal static IQueryable<BatchChunkEntry> Free(IQueryable<BatchChunkEntry> chunks, long now) => chunks.Where(
        chunk => chunk.State == ChunkState.Pending || (chunk.State == ChunkState.Leased && chunk.LeasedUntil < now));

    /// <summary>Stores outcomes and renews the lease, in one transaction.</summary>
    /// <returns>False if another worker has the chunk; nothing is stored then.</returns>
    public Task<bool> StoreAsync(
        string worker, LeasedChunk chunk, IReadOnlyCollection<BatchOutcomeEntry> outcomes, CancellationToken ct) =>
        database.WriteAsync(async context =>
        {
            var (succeeded, failed) = (outcomes.Count(outcome => outcome.Succeeded), outcomes.Count(outcome => !outcome.Succeeded));
            var (seconds, end) = (outcomes.Sum(outcome => outcome.Duration ?? 0), await NewEndAsync(context, ct));
            var emotions = EmotionCounts.Of(outcomes.Select(outcome => outcome.Dominant ?? outcome.Emotion));
            var held = await Held(context, worker, chunk).ExecuteUpdateAsync(
                entry => entry.Add(succeeded, failed, seconds, emotions)
                    .SetProperty(c => c.LeasedUntil, end)
                    // The outcome of an item that is processed alone: it did not crash.
                    .SetProperty(c => c.Suspect, (int?)null).SetProperty(c => c.Crashes, 0),
                ct);
            if (held == 0)
                return false;
            context.AddRange(outcomes);
            await context.SaveChangesAsync(ct);
            return true;
        }, ct);

    /// <summary>Records that the worker is about to process an item alone; null if it processes several at once again.</summary>
    /// <returns>False if another worker has the chunk.</returns>
    public Task<bool> SuspectAsync(string worker, LeasedChunk chunk, int? item, CancellationToken ct) => database.WriteAsync(
        async context => await Held(context, worker, chunk).ExecuteUpdateAsync(
            entry => entry.SetProperty(c => c.Crashes, c => c.Suspect == item ? c.Crashes : 0).SetProperty(c => c.Suspect, item),
            ct) == 1,
        ct);

    /// <summary>Renews leases, for workers whose recordings take long.</summary>
    public Task RenewAsync(string worker, CancellationToken ct) => database.WriteAsync(
        async context =>
        {
            var end = await NewEndAsync(context, ct);
            return await context.BatchChunks.Where(chunk => chunk.State == ChunkState.Leased && chunk.Worker == worker)
                .ExecuteUpdateAsync(chunk => chunk.SetProperty(c => c.LeasedUntil, end), ct);
        },
        ct);

    /// <summary>
    /// Ends all leases of a worker without a crash, for one that stops or fails while recordings run: their outcomes are not stored.
    /// </summary>
    public Task ReturnAllAsync(string worker, CancellationToken ct) => database.WriteAsync(
        context => ReturnAsync(context.BatchChunks.Where(chunk => chunk.State == ChunkState.Leased && chunk.Worker == worker), ct), ct);

    /// <summary>
    /// Clears the suspect items of a worker that received a stop request: if the worker ends now, that is not a crash.
    /// </summary>
    public Task WithdrawSuspicionAsync(string worker, CancellationToken ct) => database.WriteAsync(
        context => context.BatchChunks.Where(chunk => chunk.State == ChunkState.Leased && chunk.Worker == worker)
            .ExecuteUpdateAsync(chunk => chunk.SetProperty(c => c.Suspect, (int?)null).SetProperty(c => c.Crashes, 0), ct),
        ct);

    /// <summary>
    /// Ends the lease without a crash: the chunk is done if each of its items has an outcome, otherwise any worker may take it.
    /// </summary>
    public Task ReturnAsync(string worker, LeasedChunk chunk, CancellationToken ct) =>
        database.WriteAsync(context => ReturnAsync(Held(context, worker, chunk), ct), ct);

    private static Task<int> ReturnAsync(IQueryable<BatchChunkEntry> chunks, CancellationToken ct) => chunks.ExecuteUpdateAsync(
        entry => entry
            .SetProperty(c => c.State, c => c.Succeeded + c.Failed == c.Last - c.First + 1 ? ChunkState.Done : ChunkState.Pending)
            .SetProperty(c => c.Attempts, c => c.Attempts - 1)
            .SetProperty(c => c.Suspect, (int?)null).SetProperty(c => c.Crashes, 0).SetProperty(c => c.Worker, (string?)null),
        ct);

    private static IQueryable<BatchEntry> Running(HistoryContext context, IReadOnlyCollection<int> except) =>
        context.Batches.Where(batch => batch.State == BatchState.Running && !except.Contains(batch.Id));

    private async Task<LeasedChunk?> TakeAsync(
        HistoryContext context, string worker, IReadOnlyCollection<int> except, CancellationToken ct)
    {
        foreach (var batch in await Running(context, except)
            .OrderByDescending(batch => batch.Priority).ThenBy(batch => batch.Served).Select(batch => batch.Id).ToListAsync(ct))
        {
            if (await TakeAsync(context, batch, worker, ct) is { } chunk)
                return chunk;
        }
        return null;
    }

    private async Task<LeasedChunk?> TakeAsync(HistoryContext context, int batch, string worker, CancellationToken ct)
    {
        var now = await database.NowAsync(context, ct);
        var chunks = context.BatchChunks.Where(chunk => chunk.BatchId == batch);
        // Lost leases first: the chunks of a batch are processed in order. A worker's own lease may look lost after the machine slept.
        var lost = chunks.Where(chunk => chunk.State == ChunkState.Leased && chunk.LeasedUntil < now && chunk.Worker != worker);
        if ((await FirstAsync(lost, ct) ?? await FirstAsync(chunks.Where(chunk => chunk.State == ChunkState.Pending), ct)) is not { } taken)
            return null;
        int? givenUp = null;
        if (taken is { State: ChunkState.Leased, Suspect: { } suspect } && ++taken.Crashes == MostCrashes)
        {
            givenUp = suspect;
            context.Add(BatchErrors.OutcomeOf(taken.BatchId, suspect, RequestErrors.Crashed(), now));
            taken.Failed++;
            (taken.Suspect, taken.Crashes, taken.GaveUp) = (null, 0, true);
        }
        (taken.State, taken.Worker, taken.LeasedUntil) = (ChunkState.Leased, worker, now + (long)Duration.TotalMilliseconds);
        taken.Attempts++;
        await context.SaveChangesAsync(ct);
        var items = await context.BatchItems.AsNoTracking()
            .Where(item => item.BatchId == taken.BatchId && item.Number >= taken.First && item.Number <= taken.Last)
            .Where(item => !context.BatchOutcomes.Any(outcome => outcome.BatchId == item.BatchId && outcome.Number == item.Number))
            .OrderBy(item => item.Number).ToListAsync(ct);
        return new LeasedChunk(taken.BatchId, taken.Number, taken.Attempts, items) { GivenUp = givenUp };
    }

    private static Task<BatchChunkEntry?> FirstAsync(IQueryable<BatchChunkEntry> chunks, CancellationToken ct) =>
        chunks.OrderBy(chunk => chunk.Number).SkipLocked().FirstOrDefaultAsync(ct);

    /// <summary>Lets other batches of the same priority go first from now on.</summary>
    private async Task<int> ServeAsync(HistoryContext context, LeasedChunk chunk, CancellationToken ct)
    {
        var (now, isOpen) = (await database.NowAsync(context, ct), chunk.Items.Count > 0);
        return await context.Batches.Where(batch => batch.Id == chunk.BatchId && batch.State == BatchState.Running).ExecuteUpdateAsync(
            batch => batch.SetProperty(b => b.Served, now).SetProperty(b => b.Completed, b => isOpen ? null : b.Completed), ct);
    }

    private async Task<long> NewEndAsync(HistoryContext context, CancellationToken ct) =>
        await database.NowAsync(context, ct) + (long)Duration.TotalMilliseconds;

    private static IQueryable<BatchChunkEntry> Held(HistoryContext context, string worker, LeasedChunk chunk) =>
        context.BatchChunks.Where(entry => entry.BatchId == chunk.BatchId && entry.Number == chunk.Number
            && entry.State == ChunkState.Leased && entry.Worker == worker && entry.Attempts == chunk.Attempts);
}
