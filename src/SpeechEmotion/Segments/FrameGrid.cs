using SpeechEmotion.Results;

namespace SpeechEmotion.Segments;

/// <summary>The grid of 20 ms on which the frames of all models start, at 16 kHz.</summary>
internal static class FrameGrid
{
    /// <summary>Samples from frame to frame.</summary>
    public const int Hop = 320;

    /// <summary>A frame covers 25 ms: this many samples more than the hop.</summary>
    public const int Overlap = 80;

    /// <summary>Seconds from frame to frame.</summary>
    public const double HopSeconds = (double)Hop / SampleRate.Hz;

    /// <summary>The number of complete frames in a recording.</summary>
    public static long FramesOf(long samples) => Math.Max(0, (samples - Overlap) / Hop);

    /// <summary>The grid point at or before a sample.</summary>
    public static long Floor(long sample) => sample / Hop * Hop;

    /// <summary>The grid point at or after a sample.</summary>
    public static long Ceiling(long sample) => Floor(sample + Hop - 1);

    /// <summary>The duration of a number of samples.</summary>
    public static TimeSpan Duration(long samples) => TimeSpan.FromSeconds((double)samples / SampleRate.Hz);

    /// <summary>The number of samples in a duration.</summary>
    public static int Samples(TimeSpan duration) => (int)Math.Round(duration.TotalSeconds * SampleRate.Hz);
}
