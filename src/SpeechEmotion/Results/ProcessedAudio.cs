namespace SpeechEmotion.Results;

/// <summary>What the model heard, as <c>processed_audio.wav</c> keeps it: 16 kHz, mono, 16 bits.</summary>
/// <param name="Sha256">SHA-256 of its samples (little-endian, without the file's header), 64 hexadecimal digits in lower case.</param>
/// <param name="Samples">How many they are.</param>
public sealed record ProcessedAudio(string Sha256, long Samples);
