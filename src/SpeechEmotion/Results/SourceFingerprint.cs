namespace SpeechEmotion.Results;

/// <summary>The bytes of a recording as they came.</summary>
/// <param name="Sha256">Their SHA-256, 64 hexadecimal digits in lower case.</param>
/// <param name="Bytes">How many they are.</param>
public sealed record SourceFingerprint(string Sha256, long Bytes);
