using SpeechEmotion.Audio;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Sources.Manifests;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>
/// Fetches the recordings of a chunk that are elsewhere, at an address or in a bucket, a few before their turn, so that the model seldom
/// waits for a slow site.
/// </summary>
/// <param name="run">The chunk; its stop cancels the fetches.</param>
/// <param name="parts">What the engine is made of.</param>
internal sealed class FetchAhead(ChunkRun run, EngineParts parts) : IAsyncDisposable
{
    /// <summary>How many items are fetched before their turn.</summary>
    private const int Ahead = 3;

    /// <summary>The longest fetch: a site that sends slowly delays the batches that wait behind it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Pauses before further attempts: a site may not answer for a moment.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)];

    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(run.Stopped);
    private readonly Queue<Task<UploadedRecording?>> _fetches = [];
    private int _begun;

    /// <summary>Returns the recording of the next item; null if its location is a file. Call it once for each item, in order.</summary>
    /// <exception cref="RequestException">The recording could not be fetched, also not by further attempts.</exception>
    /// <exception cref="SpeechEmotion.Errors.AudioException">The bucket does not have the recording.</exception>
    /// <exception cref="SpeechEmotion.Errors.OutputException">The disk is full, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The chunk was stopped, or the wait was cancelled.</exception>
    public async Task<UploadedRecording?> NextAsync(CancellationToken ct)
    {
        while (_begun < run.Chunk.Items.Count && _fetches.Count <= Ahead)
            _fetches.Enqueue(FetchAsync(run.Chunk.Items[_begun++]));
        var next = _fetches.Peek();
        await ((Task)next).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Until then, the queue disposes it.
        ct.ThrowIfCancellationRequested();
        return await _fetches.Dequeue();
    }

    /// <summary>Cancels the fetches whose turn has not come, and removes their recordings.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var fetch in _fetches)
        {
            await ((Task)fetch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (fetch.IsCompletedSuccessfully)
                (await fetch)?.Release();
        }
        _end.Dispose();
    }

    private async Task<UploadedRecording?> FetchAsync(BatchItemEntry item)
    {
        var isStored = parts.Folders.IsElsewhere(item.Location);
        if (!isStored && !Address.IsFetchable(item.Location))
            return null;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return isStored
                    ? await parts.Uploads.FetchAsync(item.Location, item.Name, item.Size ?? 0, _end.Token)
                        ?? throw AudioErrors.NotFound(item.Name)
                    : await parts.Urls.FetchAsync(new(item.Location), Longest, _end.Token);
            }
            // A store was waited for already.
            catch (RequestException e) when (e.RetryAfter is not null && !FileErrors.IsOne(e) && attempt < Pauses.Length)
            {
                await Task.Delay(Pauses[attempt], parts.Time, _end.Token);
            }
        }
    }
}
