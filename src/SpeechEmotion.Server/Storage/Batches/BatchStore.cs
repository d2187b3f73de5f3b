using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Errors;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage.Notices;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The batches: their creation, their state and their progress.</summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class BatchStore(HistoryDatabase database, NoticeBoard board, TimeProvider time)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Adds an empty batch, whose workers start with its first items.</summary>
    internal Task<BatchEntry> CreateAsync(
        string name, BatchOptions options, int priority, CancellationToken ct, string? key = null, string? webhook = null) =>
        database.WriteAsync(async context =>
        {
            var batch = new BatchEntry
            {
                Key = key,
                Name = name,
                Created = Now,
                Priority = priority,
                Webhook = webhook,
                Options = TextOf(options),
                Pass = 1,
            };
            context.Add(batch);
            await context.SaveChangesAsync(ct);
            return batch;
        }, ct);

    /// <summary>Returns a batch, or null if it does not exist.</summary>
    public Task<BatchEntry?> FindAsync(int id, CancellationToken ct) =>
        database.ReadAsync(context => context.Batches.AsNoTracking().FirstOrDefaultAsync(batch => batch.Id == id, ct));

    /// <summary>Returns the batch of a key, or null if there is none.</summary>
    public Task<BatchEntry?> FindAsync(string key, CancellationToken ct) =>
        database.ReadAsync(context => context.Batches.AsNoTracking().FirstOrDefaultAsync(batch => batch.Key == key, ct));

    /// <summary>Returns batches, the newest first.</summary>
    /// <param name="before">Only batches with a smaller identifier; null for all.</param>
    /// <param name="limit">The most that are returned.</param>
    /// <param name="ct">Cancels the operation.</param>
    public Task<IReadOnlyList<BatchEntry>> ListAsync(int? before, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<BatchEntry>>(async context => await context.Batches.AsNoTracking()
            .Where(batch => before == null || batch.Id < before).OrderByDescending(batch => batch.Id).Take(limit).ToListAsync(ct));

    /// <summary>Returns the names of the folders with recordings that clients sent.</summary>
    public Task<IReadOnlySet<string>> ListFoldersAsync(CancellationToken ct) => database.ReadAsync<IReadOnlySet<string>>(
        async context => await context.Batches.Where(batch => batch.Folder != null).Select(batch => batch.Folder!).ToHashSetAsync(ct));

    /// <summary>Returns the batches to which clients may add recordings.</summary>
    internal Task<IReadOnlyList<BatchEntry>> ListOpenAsync(CancellationToken ct) => database.ReadAsync<IReadOnlyList<BatchEntry>>(
        async context => await context.Batches.AsNoTracking().Where(batch => batch.Open && batch.Folder != null).ToListAsync(ct));

    /// <summary>Changes the name or the priority of a batch; null keeps it.</summary>
    public Task ChangeAsync(int id, string? name, int? priority, CancellationToken ct) => ChangeAsync(
        context => context.Batches.Where(batch => batch.Id == id).ExecuteUpdateAsync(
            batch => batch.SetProperty(b => b.Name, b => name ?? b.Name).SetProperty(b => b.Priority, b => priority ?? b.Priority), ct),
        ct);

    /// <summary>Returns how far a batch is: the sum over its chunks, because counting a million outcomes takes too long.</summary>
    public Task<BatchProgress> ReadProgressAsync(int id, CancellationToken ct) =>
        database.ReadAsync(context => ReadProgressAsync(context, id, ct));

    /// <summary>Returns the batches that workers may process.</summary>
    public Task<IReadOnlyList<RunningBatch>> ListRunningAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<RunningBatch>>(async context => await context.Batches
            .Where(batch => batch.State == BatchState.Running)
            .Select(batch => new RunningBatch(
                batch.Id, batch.Priority,
                context.BatchChunks.Any(chunk => chunk.BatchId == batch.Id && chunk.State == ChunkState.Pending)))
            .ToListAsync(ct));

    /// <summary>Sets the model of a batch, unless it has one.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="model">The model, as <see cref="ModelOf"/> writes it.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>The model of the batch; null if the batch was deleted.</returns>
    public Task<string?> ClaimModelAsync(int id, string model, CancellationToken ct) => database.WriteAsync(async context =>
    {
        if (await context.Batches.Locked().SingleOrDefaultAsync(entry => entry.Id == id, ct) is not { } batch)
            return null;
        batch.Model ??= model;
        await context.SaveChangesAsync(ct);
        return batch.Model;
    }, ct);

    /// <summary>Lets workers process the batch, which may have been paused or done.</summary>
    public Task ResumeAsync(int id, CancellationToken ct) => ChangeAsync(context => ResumeAsync(context, id, ct), ct);

    /// <summary>
    /// Keeps workers from the batch for good, unless it is done. It keeps its outcomes, and a user who changes their mind can resume it.
    /// This is an event for its webhook.
    /// </summary>
    public Task CancelAsync(int id, CancellationToken ct) => ChangeAsync(async context =>
    {
        var cancelled = await context.Batches
            .Where(batch => batch.Id == id && batch.State != BatchState.Done && batch.State != BatchState.Cancelled).ExecuteUpdateAsync(
                batch => batch.SetProperty(b => b.State, BatchState.Cancelled).SetProperty(b => b.Open, false)
                    .SetProperty(b => b.Code, (string?)null).SetProperty(b => b.Message, (string?)null)
                    .SetProperty(b => b.MessageZh, (string?)null), ct);
        if (cancelled == 1)
            await AddWebhookAsync(context, id, ct);
        return cancelled;
    }, ct);

    /// <summary>
    /// Keeps workers from the batch. They return its chunks after the recordings that they process. A failure is an event for its
    /// webhook.
    /// </summary>
    /// <param name="id">The batch.</param>
    /// <param name="reason">The failure that stops it; null if a user does.</param>
    /// <param name="ct">Cancels the operation.</param>
    public Task PauseAsync(int id, SpeechEmotionException? reason, CancellationToken ct)
    {
        var (code, message, messageZh) = (reason?.Code, reason?.Message, reason?.MessageZh);
        return ChangeAsync(async context =>
        {
            var paused = await context.Batches.Where(batch => batch.Id == id && batch.State == BatchState.Running).ExecuteUpdateAsync(
                batch => batch.SetProperty(b => b.State, BatchState.Paused).SetProperty(b => b.Code, code)
                    .SetProperty(b => b.Message, message).SetProperty(b => b.MessageZh, messageZh), ct);
            if (paused == 1 && reason is not null)
                await AddWebhookAsync(context, id, ct);
            return paused;
        }, ct);
    }

    /// <summary>Removes the errors of a batch, so that workers process those recordings again, also if it was done or stopped.</summary>
    /// <param name="id">The batch. Recordings that the latest reading of the sources did not find keep their errors.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>The number of recordings.</returns>
    public Task<int> RetryFailedAsync(int id, CancellationToken ct) =>
        ReopenAsync(id, outcome => !outcome.Code!.StartsWith(SourceException.Prefix), ct);

    /// <summary>Removes the error of one recording, so that workers process it again.</summary>
    /// <returns>Whether it had an error that can be retried.</returns>
    public async Task<bool> RetryAsync(int id, int item, CancellationToken ct) =>
        await ReopenAsync(id, outcome => outcome.Number == item && !outcome.Code!.StartsWith(SourceException.Prefix), ct) == 1;

    /// <summary>
    /// Removes the errors of recordings that could not be found or read although the latest reading of the sources has found them:
    /// workers had tried them before the sources confirmed them.
    /// </summary>
    /// <returns>The number of recordings.</returns>
    public Task<int> RetryFoundAsync(int id, CancellationToken ct) =>
        ReopenAsync(id, outcome => outcome.Code == "audio.not_found" || outcome.Code == "audio.not_readable", ct);

    /// <summary>Marks those batches as done which are: the worker that stored the last outcome may have crashed before it did.</summary>
    public async Task CompleteAllAsync(CancellationToken ct)
    {
        var done = await database.ReadAsync(context => Finished(context).Select(batch => batch.Id).ToListAsync(ct));
        foreach (var id in done)
            await CompleteAsync(id, ct);
    }

    /// <summary>Marks the batch as done if its sources were read to the end and every item has an outcome.</summary>
    /// <returns>Whether it is done.</returns>
    public Task<bool> CompleteAsync(int id, CancellationToken ct) => database.WriteAsync(async context =>
    {
        var now = await database.NowAsync(context, ct);
        // A retry may be giving it work again.
        await context.LockBatchAsync(id, ct);
        var done = await Finished(context).Where(batch => batch.Id == id)
            .ExecuteUpdateAsync(
                batch => batch.SetProperty(b => b.State, BatchState.Done).SetProperty(b => b.Completed, b => b.Completed ?? now), ct) == 1;
        if (done)
            await AddWebhookAsync(context, id, ct);
        return done;
    }, ct);

    /// <summary>The running batches that have nothing left to do.</summary>
    private static IQueryable<BatchEntry> Finished(HistoryContext context) => context.Batches
        .Where(batch => batch.State == BatchState.Running && batch.Sealed)
        // Two equalities use the index of the chunks; an inequality would visit all of them.
        .Where(batch => !context.BatchChunks.Any(
            chunk => chunk.BatchId == batch.Id && (chunk.State == ChunkState.Pending || chunk.State == ChunkState.Leased)));

    /// <summary>A model as batches store it: its results are equal only if all three parts are.</summary>
    internal static string ModelOf(ModelIdentity identity) => $"{identity.Id} {identity.Precision} {identity.Hash}";

    /// <summary>The options of a batch.</summary>
    internal static BatchOptions OptionsOf(BatchEntry batch) =>
        JsonSerializer.Deserialize(batch.Options, BatchJsonContext.Default.BatchOptions)!;

    /// <summary>
    /// Whether a batch has these options. Compares what they mean, because a later version may write the same options as another text.
    /// </summary>
    internal static bool HasOptions(BatchEntry batch, BatchOptions options) => TextOf(OptionsOf(batch)) == TextOf(options);

    /// <summary>The options as they are stored.</summary>
    internal static string TextOf(BatchOptions options) => JsonSerializer.Serialize(options, BatchJsonContext.Default.BatchOptions);

    private static async Task<BatchProgress> ReadProgressAsync(HistoryContext context, int id, CancellationToken ct) =>
        await context.BatchChunks.Where(chunk => chunk.BatchId == id).GroupBy(chunk => chunk.BatchId)
            .Select(chunks => new BatchProgress(
                chunks.Sum(chunk => chunk.Last - chunk.First + 1), chunks.Sum(chunk => chunk.Succeeded),
                chunks.Sum(chunk => chunk.Failed), chunks.Sum(chunk => chunk.Seconds),
                new()
                {
                    Angry = chunks.Sum(chunk => chunk.Emotions.Angry),
                    Disgusted = chunks.Sum(chunk => chunk.Emotions.Disgusted),
                    Fearful = chunks.Sum(chunk => chunk.Emotions.Fearful),
                    Happy = chunks.Sum(chunk => chunk.Emotions.Happy),
                    Neutral = chunks.Sum(chunk => chunk.Emotions.Neutral),
                    Other = chunks.Sum(chunk => chunk.Emotions.Other),
                    Sad = chunks.Sum(chunk => chunk.Emotions.Sad),
                    Surprised = chunks.Sum(chunk => chunk.Emotions.Surprised),
                    Unknown = chunks.Sum(chunk => chunk.Emotions.Unknown),
                }))
            .FirstOrDefaultAsync(ct) ?? new(0, 0, 0, 0, new());

    private static Task<int> ResumeAsync(HistoryContext context, int id, CancellationToken ct) =>
        context.Batches.Where(batch => batch.Id == id).ExecuteUpdateAsync(
            batch => batch.SetProperty(b => b.State, BatchState.Running).SetProperty(b => b.Code, (string?)null)
                .SetProperty(b => b.Message, (string?)null).SetProperty(b => b.MessageZh, (string?)null), ct);

    /// <summary>Adds the event of a batch for the state that the same transaction has set, if the batch has a webhook.</summary>
    private async Task AddWebhookAsync(HistoryContext context, int id, CancellationToken ct)
    {
        var batch = await context.Batches.AsNoTracking().SingleAsync(entry => entry.Id == id, ct);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(await database.NowAsync(context, ct));
        if (WebhookEntry.Of(batch, await ReadProgressAsync(context, id, ct), now) is not { } webhook)
            return;
        context.Add(webhook);
        await context.SaveChangesAsync(ct);
    }

    /// <summary>Changes a batch, and lets the workers look at it.</summary>
    private async Task<int> ChangeAsync(Func<HistoryContext, Task<int>> change, CancellationToken ct)
    {
        var changed = await database.WriteAsync(change, ct);
        await board.PostAsync(new Notice(NoticeKind.Batch, ""));
        return changed;
    }

    private Task<int> ReopenAsync(int id, Expression<Func<BatchOutcomeEntry, bool>> which, CancellationToken ct) =>
        ChangeAsync(async context =>
        {
            // Workers must not store errors between the statements.
            await context.LockBatchAsync(id, ct);
            await context.BatchChunks.Where(chunk => chunk.BatchId == id).OrderBy(chunk => chunk.Number).Locked()
                .Select(chunk => chunk.Number).LoadAsync(ct);
            var failed =
                from outcome in context.BatchOutcomes.Where(outcome => outcome.BatchId == id && !outcome.Succeeded).Where(which)
                join item in context.BatchItems on new { outcome.BatchId, outcome.Number } equals new { item.BatchId, item.Number }
                // A file that the sources have found has a size; an address has none.
                // The server does not read its sources again, so it tries all.
                where item.Size != null || item.Location.StartsWith("http")
                    || context.Batches.Any(batch => batch.Id == id && batch.Folder != null)
                where item.Pass == context.Batches.Where(batch => batch.Id == id).Select(batch => batch.Pass).First()
                select outcome;
            await context.BatchChunks.Where(chunk => chunk.BatchId == id)
                .Where(chunk => failed.Any(outcome => outcome.Number >= chunk.First && outcome.Number <= chunk.Last))
                .ExecuteUpdateAsync(
                    chunk => chunk
                        .SetProperty(c => c.Failed, c => c.Failed - failed.Count(o => o.Number >= c.First && o.Number <= c.Last))
                        .SetProperty(c => c.State, c => c.State == ChunkState.Done ? ChunkState.Pending : c.State)
                        .SetProperty(c => c.Attempts, c => c.State == ChunkState.Done ? 0 : c.Attempts),
                    ct);
            var reopened = await failed.ExecuteDeleteAsync(ct);
            if (reopened > 0)
                await ResumeAsync(context, id, ct);
            return reopened;
        }, ct);
}
