namespace SpeechEmotion.Server.Storage;

/// <summary>The idempotency key of a recognition request, as stored in the history.</summary>
/// <param name="Scope">Owner of the key.</param>
/// <param name="Key">The key.</param>
/// <param name="Fingerprint">SHA-256 of the request: recording and options.</param>
public sealed record IdempotencyStamp(string Scope, string Key, string Fingerprint)
{
    /// <summary>The recognition that had the key and frees it; null if there is none.</summary>
    public string? Replaces { get; init; }
}
