namespace SpeechEmotion.Client.Results;

/// <summary>The sound that the model processed, as <c>processed_audio.wav</c> stores it: 16 kHz, mono, 16 bits.</summary>
public sealed record ProcessedAudio
{
    /// <summary>SHA-256 of its samples (little-endian, without the file's header), 64 hexadecimal digits in lower case.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The number of samples.</summary>
    public required long Samples { get; init; }

    /// <summary>
    /// Signal-to-noise ratio of the rounding to 16 bits, in dB: 65 to 80 for speech at a usual level, lower for quiet or overdriven
    /// sound; null if nothing was lost, as for a recording of 16 kHz and 16 bits.
    /// </summary>
    public double? RoundingSnr { get; init; }
}
