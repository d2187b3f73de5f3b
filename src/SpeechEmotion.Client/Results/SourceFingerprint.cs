namespace SpeechEmotion.Client.Results;

/// <summary>The original bytes of a recording.</summary>
public sealed record SourceFingerprint
{
    /// <summary>SHA-256 of the bytes, 64 hexadecimal digits in lower case.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The number of bytes.</summary>
    public required long Bytes { get; init; }
}
