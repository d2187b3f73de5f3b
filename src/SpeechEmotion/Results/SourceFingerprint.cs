namespace SpeechEmotion.Results;

/// <summary>The original bytes of a recording.</summary>
/// <param name="Sha256">SHA-256 of the bytes, 64 hexadecimal digits in lower case.</param>
/// <param name="Bytes">The number of bytes.</param>
public sealed record SourceFingerprint(string Sha256, long Bytes);
