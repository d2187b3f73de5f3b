namespace SpeechEmotion.Audio;

/// <summary>What a decoder left out of a recording.</summary>
/// <param name="Duration">How much sound, where that is known; zero where only the bytes are.</param>
/// <param name="Bytes">How many bytes of the file were skipped that should hold sound; 0 where only the duration is known.</param>
public sealed record AudioLoss(TimeSpan Duration, long Bytes)
{
    /// <summary>Less than this is rounding of encoders and containers, not a loss: a quarter of a second.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(250);

    /// <summary>Bytes between two parts of a file that may be tags or padding of an unknown kind.</summary>
    private const long ToleratedBytes = 4096;

    /// <summary>A loss that is worth a note; null where there is none.</summary>
    internal static AudioLoss? Of(TimeSpan duration, long bytes = 0) =>
        duration > Tolerated || bytes > ToleratedBytes ? new(duration > TimeSpan.Zero ? duration : TimeSpan.Zero, bytes) : null;

    /// <summary>A loss of frames that a header declares and the decoder did not find.</summary>
    internal static AudioLoss? OfFrames(long declared, long decoded, int sampleRate) =>
        declared > decoded ? Of(TimeSpan.FromSeconds(Math.Min((double)(declared - decoded) / sampleRate, TimeSpan.MaxValue.TotalSeconds / 4))) : null;

    /// <summary>Both losses together; null where there is neither.</summary>
    internal static AudioLoss? Sum(AudioLoss? one, AudioLoss? other) =>
        one is null || other is null ? one ?? other : new(one.Duration + other.Duration, one.Bytes + other.Bytes);
}
