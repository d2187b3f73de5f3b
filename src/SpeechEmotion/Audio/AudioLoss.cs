namespace SpeechEmotion.Audio;

/// <summary>The part of a recording that a decoder skipped.</summary>
/// <param name="Duration">The duration of the skipped audio, if known; zero if only the number of bytes is known.</param>
/// <param name="Bytes">The number of skipped bytes that should contain audio; 0 if only the duration is known.</param>
public sealed record AudioLoss(TimeSpan Duration, long Bytes)
{
    /// <summary>A quarter of a second: a shorter difference is rounding by encoders and containers, not a loss.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(250);

    /// <summary>The number of bytes between two parts of a file that may be tags or padding of an unknown kind.</summary>
    private const long ToleratedBytes = 4096;

    /// <summary>Creates a loss that is worth reporting; null if there is none.</summary>
    internal static AudioLoss? Of(TimeSpan duration, long bytes = 0) =>
        duration > Tolerated || bytes > ToleratedBytes ? new(duration > TimeSpan.Zero ? duration : TimeSpan.Zero, bytes) : null;

    /// <summary>Creates a loss of frames that the header declares and the decoder did not find.</summary>
    internal static AudioLoss? OfFrames(long declared, long decoded, int sampleRate) => declared > decoded
        ? Of(TimeSpan.FromSeconds(Math.Min((double)(declared - decoded) / sampleRate, TimeSpan.MaxValue.TotalSeconds / 4)))
        : null;

    /// <summary>Adds two losses; null if there is neither.</summary>
    internal static AudioLoss? Sum(AudioLoss? one, AudioLoss? other) =>
        one is null || other is null ? one ?? other : new(one.Duration + other.Duration, one.Bytes + other.Bytes);
}
