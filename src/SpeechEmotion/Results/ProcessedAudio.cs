namespace SpeechEmotion.Results;

/// <summary>What the model heard, as <c>processed_audio.wav</c> keeps it: 16 kHz, mono, 16 bits.</summary>
/// <param name="Sha256">SHA-256 of its samples (little-endian, without the file's header), 64 hexadecimal digits in lower case.</param>
/// <param name="Samples">How many they are.</param>
/// <param name="RoundingSnr">
/// How far what rounding to 16 bits lost lies below the sound, in dB: 65 to 80 for speech of usual level, less where it is quiet or
/// overdriven; null where nothing was lost, as of a recording of 16 kHz and 16 bits.
/// </param>
public sealed record ProcessedAudio(string Sha256, long Samples, double? RoundingSnr = null);
