using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Jobs;

/// <summary>
/// Gives requests with the same key the same recognition, while it waits or runs, afterwards, and after a restart. A recognition
/// that was deleted, was cancelled, or failed for a reason that is not the recording's frees its key: the repetition recognises anew.
/// </summary>
internal sealed class IdempotentRequests(RecognitionQueue queue, RecognitionHistory history) : IDisposable
{
    /// <summary>One at a time looks a key up and enters it.</summary>
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Whether the key stands for a recognition already, so that a repetition needs no place in the queue.</summary>
    public async Task<bool> KnowsAsync(IdempotencyKey key, CancellationToken ct) => await history.FindKeyAsync(key.Scope, key.Value, ct) is not null;

    /// <summary>Finds the recognition of the key where there is one, or enqueues the request. The request's recording is taken or removed, whatever comes of it.</summary>
    /// <returns>The recognition as it is, and its job where it waits or runs or has just ended; and whether it was there already.</returns>
    /// <exception cref="RequestException"><c>idempotency.mismatch</c>, or why it cannot be enqueued.</exception>
    public async Task<(JobSnapshot Recognition, RecognitionJob? Job, bool Repeated)> EnqueueAsync(
        IdempotencyKey? key, RecognitionRequest request, CancellationToken ct)
    {
        if (key is null)
        {
            var single = await queue.EnqueueAsync(request, ct);
            return (single.Current, single, false);
        }
        var taken = false;
        try
        {
            var fingerprint = await FingerprintAsync(request, ct);
            await _gate.WaitAsync(ct);
            try
            {
                if (await FindAsync(key, fingerprint, ct) is var (recognition, known))
                    return (recognition, known, true);
                taken = true;
                var job = await queue.EnqueueAsync(request with { Idempotency = new(key.Scope, key.Value, fingerprint) }, ct);
                return (job.Current, job, false);
            }
            finally
            {
                _gate.Release();
            }
        }
        finally
        {
            if (!taken)
                request.Recording.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<(JobSnapshot Recognition, RecognitionJob? Job)?> FindAsync(IdempotencyKey key, string fingerprint, CancellationToken ct)
    {
        if (await history.FindKeyAsync(key.Scope, key.Value, ct) is not { } entry)
            return null;
        if (entry.Fingerprint != fingerprint)
        {
            throw new RequestException(
                422, "idempotency.mismatch", $"This {IdempotencyKey.Header} was sent with another recording or other options before. Choose a new key for each request.",
                $"该 {IdempotencyKey.Header} 此前已用于其他录音或选项。请为每个请求使用新的键。");
        }
        var job = queue.Find(entry.RecognitionId);
        var recognition = job?.Current ?? (await history.FindAsync(entry.RecognitionId, ct) is { } record ? new JobSnapshot(record, null, null) : null);
        return recognition is not null && Stands(recognition.Document) ? (recognition, job) : null;
    }

    /// <summary>Whether a repetition would come to the same end.</summary>
    private static bool Stands(RecognitionDocument record) => record.State switch
    {
        RecognitionState.Cancelled => false,
        RecognitionState.Failed => record.Error?.Code.StartsWith("audio.", StringComparison.Ordinal) == true,
        _ => true,
    };

    private static async Task<string> FingerprintAsync(RecognitionRequest request, CancellationToken ct)
    {
        await using var file = File.OpenRead(request.Recording.Path);
        var content = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        // The text of the record names every option, also those that are still to come; of a list it names only the type.
        var asked = $"{content}\n{request.Recording.Name}\n{request.Model}\n{string.Join(',', request.Options.Roles)}\n{request.Options}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked)));
    }
}
