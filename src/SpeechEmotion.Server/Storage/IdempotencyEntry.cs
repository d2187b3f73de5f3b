namespace SpeechEmotion.Server.Storage;

/// <summary>The recognition that belongs to a caller's idempotency key.</summary>
public sealed class IdempotencyEntry
{
    /// <summary>Owner of the key.</summary>
    public required string Scope { get; set; }

    /// <summary>The key as the caller sent it.</summary>
    public required string Key { get; set; }

    /// <summary>SHA-256 of the request: recording and options.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>Identifier of the recognition.</summary>
    public required string RecognitionId { get; set; }

    /// <summary>Time of the request in milliseconds since 1970.</summary>
    public required long Created { get; set; }
}
