using SpeechEmotion.Client.Connection;
using SpeechEmotion.Client.Errors;
using SpeechEmotion.Client.Options;
using SpeechEmotion.Client.Results;

namespace SpeechEmotion.Client.Batches;

/// <summary>
/// Sends the recordings of a batch and follows it until it is done. A batch that an earlier run began is continued: only the recordings
/// that it lacks are sent.
/// </summary>
internal sealed class BatchRun(BatchClient batches, string language, IProgress<BatchProgress>? progress)
{
    private readonly Lock _lock = new();
    private BatchProgress? _now;

    /// <summary>Runs a batch to its end.</summary>
    /// <param name="recordings">The recordings.</param>
    /// <param name="options">What is asked of the batch.</param>
    /// <param name="mostBytes">The largest upload that the server accepts.</param>
    /// <param name="ct">Ends the sending and the waiting; the batch stays as it is.</param>
    /// <returns>The batch in its final state.</returns>
    /// <exception cref="ServerException">
    /// The server refuses a request, or cannot be reached, or a recording cannot be read, or a failure has paused the batch.
    /// </exception>
    public async Task<Batch> RunAsync(
        IEnumerable<BatchRecording> recordings, BatchOptions options, long mostBytes, CancellationToken ct)
    {
        var batch = await batches.CreateAsync(options, ct).ConfigureAwait(false);
        _now = new(batch, 0, 0, batch.Open);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var following = batches.FollowAsync(batch.Id, now => Report(known => known with { Batch = now }), stop.Token);
        var sending = batch.Open ? SendAsync(batch, recordings, mostBytes, stop.Token) : Task.CompletedTask;
        try
        {
            // The batch may end first: another client may cancel or delete it.
            await await Task.WhenAny(following, sending).ConfigureAwait(false);
            var last = await following.ConfigureAwait(false);
            // It is done only after it was sealed, by this run or, too early, by another client: then the sending fails.
            if (last.State == BatchState.Done)
                await sending.ConfigureAwait(false);
            return last;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(following, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(Batch batch, IEnumerable<BatchRecording> recordings, long mostBytes, CancellationToken ct)
    {
        var known = await KnownRecordings.ReadAsync(batches, batch, ct).ConfigureAwait(false);
        foreach (var group in BatchGroups.Of(recordings.Where(IsMissing), mostBytes))
        {
            if (group is [var only] && BatchFolder.SizeOf(only) > mostBytes)
                throw ConnectionErrors.TooLarge(language, only.Name, mostBytes);
            await batches.AddAsync(batch.Id, group, ct).ConfigureAwait(false);
            Report(now => now with { Sent = now.Sent + group.Count });
        }
        await batches.SealAsync(batch.Id, ct).ConfigureAwait(false);
        Report(now => now with { IsSending = false });

        bool IsMissing(BatchRecording recording)
        {
            ct.ThrowIfCancellationRequested();
            if (!known.Contains(recording))
                return true;
            Report(now => now with { Skipped = now.Skipped + 1 });
            return false;
        }
    }

    private void Report(Func<BatchProgress, BatchProgress> change)
    {
        lock (_lock)
        {
            _now = change(_now!);
            progress?.Report(_now);
        }
    }
}
