namespace SpeechEmotion.Server.Storage;

/// <summary>Which recognition a caller's idempotency key stands for.</summary>
public sealed class IdempotencyEntry
{
    /// <summary>Whose key it is.</summary>
    public required string Scope { get; set; }

    /// <summary>The key as the caller sent it.</summary>
    public required string Key { get; set; }

    /// <summary>SHA-256 of what was asked with it, recording and options.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>The recognition's name.</summary>
    public required string RecognitionId { get; set; }

    /// <summary>When it was asked for, in milliseconds since 1970.</summary>
    public required long Created { get; set; }
}
