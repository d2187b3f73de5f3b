using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Jobs;

/// <summary>
/// Returns the same recognition for requests with the same key: while it is queued or running, when it has finished, and after a
/// restart of the server. A recognition that was deleted, was cancelled, or failed for a reason other than the recording frees its
/// key: the repeated request starts a new recognition.
/// </summary>
internal sealed class IdempotentRequests(RecognitionQueue queue, RecognitionHistory history, IFileStore files) : IDisposable
{
    /// <summary>
    /// Makes looking up a key and adding it one atomic step. Storing a recording elsewhere takes too long to hold it; the shared database
    /// then refuses the second use of a key.
    /// </summary>
    private readonly SemaphoreSlim _gate = new(files.IsElsewhere ? int.MaxValue : 1);

    /// <summary>Returns whether the key already belongs to a recognition. If so, the request needs no place in the queue.</summary>
    public async Task<bool> KnowsAsync(IdempotencyKey key, CancellationToken ct) =>
        await history.FindKeyAsync(key.Scope, key.Value, ct) is not null;

    /// <summary>
    /// Returns the recognition of the key if it exists; otherwise enqueues the request. The queue takes over the request's recording,
    /// or this method deletes it, also on failure.
    /// </summary>
    /// <returns>
    /// The current recognition; its job if it is queued, running or has just finished; and whether the recognition existed before.
    /// </returns>
    /// <exception cref="RequestException"><c>idempotency.mismatch</c>, or the reason why the queue refuses the request.</exception>
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
                var (known, replaced) = await FindAsync(key, fingerprint, ct);
                if (known is var (recognition, knownJob))
                    return (recognition, knownJob, true);
                taken = true;
                return await AddAsync(
                    key, request with { Idempotency = new(key.Scope, key.Value, fingerprint) { Replaces = replaced } }, ct);
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

    private async Task<(JobSnapshot Recognition, RecognitionJob? Job, bool Repeated)> AddAsync(
        IdempotencyKey key, RecognitionRequest request, CancellationToken ct)
    {
        try
        {
            var job = await queue.EnqueueAsync(request, ct);
            return (job.Current, job, false);
        }
        catch (RequestException taken) when (taken.Code == RequestErrors.KeyTakenCode)
        {
            // Another server was faster.
            return (await FindAsync(key, request.Idempotency!.Fingerprint, ct)).Known is var (recognition, job)
                ? (recognition, job, true)
                : throw RequestErrors.KeyTaken();
        }
    }

    /// <returns>The recognition of the key, if repeating the request would lead to the same; otherwise the one that frees it.</returns>
    private async Task<((JobSnapshot Recognition, RecognitionJob? Job)? Known, string? Replaced)> FindAsync(
        IdempotencyKey key, string fingerprint, CancellationToken ct)
    {
        if (await history.FindKeyAsync(key.Scope, key.Value, ct) is not { } entry)
            return (null, null);
        if (entry.Fingerprint != fingerprint)
            throw RequestErrors.OtherRequest(IdempotencyKey.Header);
        if (await history.FindAsync(entry.RecognitionId, ct) is not { } stored)
            return (null, entry.RecognitionId);
        var job = stored.IsFinal ? queue.Find(stored.Id) : await queue.FindAsync(stored.Id, ct);
        var recognition = job?.Current ?? new JobSnapshot(stored, null, null);
        return IsReplayable(recognition.Document) ? ((recognition, job), null) : (null, entry.RecognitionId);
    }

    /// <summary>Returns whether repeating the request would lead to the same outcome.</summary>
    private static bool IsReplayable(RecognitionDocument document) => document.State switch
    {
        RecognitionState.Cancelled => false,
        RecognitionState.Failed => document.Error?.Code.StartsWith("audio.", StringComparison.Ordinal) == true,
        _ => true,
    };

    private static async Task<string> FingerprintAsync(RecognitionRequest request, CancellationToken ct)
    {
        await using var file = File.OpenRead(request.Recording.Path);
        var content = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        // ToString covers every option, including future ones, but prints only the type of a list, so the roles are added.
        var description = $"{content}\n{request.Recording.Name}\n{request.Model}\n"
            + $"{string.Join(',', request.Options.Roles)}\n{request.Options}"
            // Requests without a webhook keep the fingerprint that earlier versions stored.
            + (request.Webhook is { } webhook ? $"\n{webhook}" : "");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description)));
    }
}
