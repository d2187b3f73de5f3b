using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>
/// The engine between its start and its stop or failure. A feeder takes chunks and hashes the next recordings, lanes recognize, a
/// writer stores the outcomes.
/// </summary>
/// <param name="worker">The name under which chunks are leased.</param>
/// <param name="lanes">Number of recordings that are recognized at once.</param>
/// <param name="parts">What the engine is made of.</param>
/// <param name="stored">Receives the outcomes that were stored.</param>
internal sealed class EngineRun(string worker, int lanes, EngineParts parts, Action<IReadOnlyList<StoredOutcome>> stored)
{
    /// <summary>How often the engine looks for batches whose last worker crashed before it marked them as done.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Channel<BatchTask> _tasks = Channel.CreateBounded<BatchTask>(lanes);
    private readonly OutcomeWriter _writer = new(worker, lanes, parts, stored);
    private readonly LiveChunks _live = new(worker, parts);
    private readonly DigestClaims _claims = new();
    private readonly ConcurrentDictionary<UploadedRecording, bool> _fetched = [];

    /// <summary>Processes chunks until the stop; then the running recordings finish, and the chunks are returned.</summary>
    /// <param name="stop">Stops gracefully.</param>
    /// <param name="abort">Cancels the running recordings; their chunks stay leased.</param>
    /// <exception cref="SpeechEmotionException">The database cannot be used.</exception>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var ct = failure.Token;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(failure.Token);
        using var stopping = stop.Register(_live.StopAll);
        try
        {
            await Task.WhenAll(
                Watched(FeedAsync(stop, ct)),
                RecognizeAllAsync(
                    Enumerable.Range(0, lanes).Select(_ => Watched(Task.Run(() => RecognizeAsync(ct), CancellationToken.None)))),
                Watched(WriteAsync()),
                Watched(_live.WatchAsync(done.Token)));
        }
        finally
        {
            // After a failure, the tasks on their way do not end.
            foreach (var fetched in _fetched.Keys)
                fetched.Release();
        }

        async Task WriteAsync()
        {
            await _writer.RunAsync(ct);
            await done.CancelAsync();
        }

        async Task Watched(Task part)
        {
            try
            {
                await part;
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested && !failure.IsCancellationRequested)
            {
                // The watch ends last.
            }
            catch
            {
                await failure.CancelAsync();
                throw;
            }
        }
    }

    private async Task FeedAsync(CancellationToken stop, CancellationToken ct)
    {
        try
        {
            var completed = parts.Time.GetTimestamp();
            while (!stop.IsCancellationRequested)
            {
                if (await parts.Source.NextAsync(worker, stop, ct) is { } chunk)
                    await FeedAsync(chunk, stop, ct);
                if (parts.Time.GetElapsedTime(completed) >= Interval)
                {
                    await parts.Batches.CompleteAllAsync(ct);
                    completed = parts.Time.GetTimestamp();
                }
                ct.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _tasks.Writer.TryComplete();
        }
    }

    private async Task FeedAsync(LeasedChunk chunk, CancellationToken stop, CancellationToken ct)
    {
        var batch = await parts.Batches.FindAsync(chunk.BatchId, ct);
        if (batch is null)
            return;
        foreach (var item in chunk.Items)
            item.Location = parts.Folders.LocationOf(batch, item.Location);
        if (chunk.Items.Count == 0)
        {
            await parts.Leases.ReturnAsync(worker, chunk, ct);
            await parts.Batches.CompleteAsync(chunk.BatchId, ct);
            return;
        }
        var run = new ChunkRun(chunk, batch, parts.Time.GetTimestamp(), SpanOf(chunk, batch));
        if (chunk.AfterCrash)
            await _live.EndedAsync(ct);
        _live.Add(run);
        if (stop.IsCancellationRequested)
            run.Stop();
        // One of the recordings that were begun may have caused the crash.
        var suspects = chunk.AfterCrash ? _writer.MostUnstored : 0;
        await using var fetches = new FetchAhead(run, parts);
        for (var i = 0; i < chunk.Items.Count; i++)
        {
            if (i < suspects)
                await FeedAloneAsync(run, chunk.Items[i], fetches, ct);
            else
                await FeedAsync(run, chunk.Items[i], fetches, ct);
            if (i == suspects - 1)
                await parts.Leases.SuspectAsync(worker, chunk, null, ct);
        }
    }

    /// <summary>A chunk is a trace of its own, which refers to that of the batch: one of a million recordings could not be read.</summary>
    private static Activity? SpanOf(LeasedChunk chunk, BatchEntry batch) => ServerTraces.Begin("chunk", batch.Trace)
        ?.SetTag("ser.batch.id", chunk.BatchId).SetTag("ser.chunk.number", chunk.Number).SetTag("ser.chunk.items", chunk.Items.Count)
        .SetTag("ser.attempt", chunk.Attempts);

    /// <summary>Processes an item while nothing else is processed, so that a further crash names it.</summary>
    private async Task FeedAloneAsync(ChunkRun run, BatchItemEntry item, FetchAhead fetches, CancellationToken ct)
    {
        if (!run.IsStopped && !await parts.Leases.SuspectAsync(worker, run.Chunk, item.Number, ct))
            run.Stop();
        await (await FeedAsync(run, item, fetches, ct, alone: true)).Ended.WaitAsync(ct);
    }

    private async Task<BatchTask> FeedAsync(
        ChunkRun run, BatchItemEntry item, FetchAhead fetches, CancellationToken ct, bool alone = false)
    {
        var task = new BatchTask(run, item, null, null) { IsAlone = alone };
        if (!run.IsStopped)
            task = await PrepareAsync(await FetchAsync(task, fetches, ct), ct);
        await _tasks.Writer.WriteAsync(task, ct);
        return task;
    }

    private async Task<BatchTask> FetchAsync(BatchTask task, FetchAhead fetches, CancellationToken ct)
    {
        try
        {
            if (await fetches.NextAsync(ct) is not { } fetched)
                return task;
            _fetched.TryAdd(fetched, true);
            _ = task.Ended.ContinueWith(_ => _fetched.TryRemove(fetched, out var _), TaskScheduler.Default);
            return task with { Fetched = fetched };
        }
        catch (AudioException missing)
        {
            return task with { Failure = missing };
        }
        catch (RequestException e) when (e.Code.StartsWith(UrlErrors.Prefix, StringComparison.Ordinal) || e.Code == "upload.too_large")
        {
            return task with { Failure = e };
        }
        catch (SpeechEmotionException reason) when (IsOfProgram(reason))
        {
            _live.Stop(task.Item.BatchId);
            await parts.Blocked.AddAsync(task.Item.BatchId, reason, ct);
            return task;
        }
        catch (OperationCanceledException) when (task.Run.IsStopped && !ct.IsCancellationRequested)
        {
            // The item is skipped.
            return task;
        }
    }

    /// <summary>
    /// Whether other programs may be able to fetch a recording that this one cannot: a full disk is no fault of the recording.
    /// </summary>
    private static bool IsOfProgram(SpeechEmotionException reason) =>
        reason.Code.StartsWith("disk.", StringComparison.Ordinal) || reason is OutputException || FileErrors.IsOne(reason);

    private async Task<BatchTask> PrepareAsync(BatchTask task, CancellationToken ct)
    {
        if (task.Failure is not null || DigestOf(task.Path, ct) is not { } digest)
            return task;
        var (batch, claim) = (task.Item.BatchId, _claims.Claim(task.Item.BatchId, digest));
        return task with { Claim = claim, Known = claim.IsFirst ? await parts.Outcomes.FindSameAsync(batch, digest, ct) : null };
    }

    private async Task RecognizeAllAsync(IEnumerable<Task> recognizing)
    {
        try
        {
            await Task.WhenAll(recognizing);
        }
        finally
        {
            _writer.Complete();
        }
    }

    private async Task RecognizeAsync(CancellationToken ct)
    {
        await foreach (var task in _tasks.Reader.ReadAllAsync(ct))
            await _writer.AddAsync(task, task.Run.IsStopped ? null : await RecognizeAsync(task, ct), ct);
    }

    /// <returns>The outcome; null if the item was skipped.</returns>
    private async Task<BatchOutcomeEntry?> RecognizeAsync(BatchTask task, CancellationToken ct)
    {
        using var turn = await parts.Turns.BeginBatchAsync(ct);
        // The batch may have been paused during the wait.
        if (task.Run.IsStopped)
            return null;
        using var span = ServerTraces.Part("item", task.Run.Span);
        try
        {
            return await parts.Runner.RunAsync(task, ct);
        }
        catch (RequestException reason) when (BatchErrors.Pauses(reason))
        {
            span?.Fail(reason.Code);
            _live.Stop(task.Item.BatchId);
            await parts.Blocked.AddAsync(task.Item.BatchId, reason, ct);
            return null;
        }
    }

    private static string? DigestOf(string location, CancellationToken ct)
    {
        try
        {
            // A pipe can be read only once, and a device has no end.
            return RegularFile.Is(location) ? SourceDigest.Of(location, ct).Sha256 : null;
        }
        catch (AudioException)
        {
            // ItemRunner tries again, and reports the reason.
            return null;
        }
    }
}
