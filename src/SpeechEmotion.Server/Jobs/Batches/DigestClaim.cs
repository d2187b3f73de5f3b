using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>An item's claim on its bytes: the first item with them computes the result, the others wait for it.</summary>
/// <param name="digest">SHA-256 of the bytes.</param>
/// <param name="first">The claim of the first item; null if this is it.</param>
/// <param name="release">Called when the claim ends.</param>
internal sealed class DigestClaim(string digest, DigestClaim? first, Action release) : IDisposable
{
    private readonly TaskCompletionSource<BatchOutcomeEntry?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _release = release;

    /// <summary>SHA-256 of the bytes, lower-case hexadecimal.</summary>
    public string Digest { get; } = digest;

    /// <summary>Whether no other item with these bytes is being processed.</summary>
    public bool IsFirst => first is null;

    /// <summary>Returns the result of the first item with the same bytes; null if this item must compute it.</summary>
    public Task<BatchOutcomeEntry?> FindAsync(CancellationToken ct) =>
        first is null ? Task.FromResult<BatchOutcomeEntry?>(null) : first._outcome.Task.WaitAsync(ct);

    /// <summary>
    /// Gives a result to the items that wait for it. They compute their own after an error, and if the file changed after it was hashed.
    /// </summary>
    public void Complete(BatchOutcomeEntry? outcome) =>
        _outcome.TrySetResult(outcome is { Succeeded: true } && outcome.Digest == Digest ? outcome : null);

    /// <inheritdoc/>
    public void Dispose()
    {
        Complete(null);
        Interlocked.Exchange(ref _release, null)?.Invoke();
    }
}
