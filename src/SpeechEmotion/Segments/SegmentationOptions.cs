namespace SpeechEmotion.Segments;

/// <summary>How speech is cut into segments. The defaults were chosen on joined conversations (<c>bench timeline</c>).</summary>
public sealed record SegmentationOptions
{
    /// <summary>The default settings.</summary>
    public static SegmentationOptions Default { get; } = new();

    /// <summary>Speech begins when its probability reaches this threshold.</summary>
    /// <value>0.4. Silero's own tools use 0.5, and miss more of the soft speech.</value>
    public float Threshold { get; init; } = 0.4f;

    /// <summary>Speech ends when its probability stays below this threshold.</summary>
    /// <value>0.25.</value>
    public float EndThreshold { get; init; } = 0.25f;

    /// <summary>The shortest pause that separates two segments; speech around a shorter one forms one segment.</summary>
    /// <value>0.2 s.</value>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>How much of the sound before and after speech belongs to the segment; at most half of <see cref="Pause"/>.</summary>
    /// <value>0.1 s.</value>
    public TimeSpan Padding { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>The longest segment. Longer speech is cut at its quietest point.</summary>
    /// <value>15 s.</value>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Checks that the settings do not contradict each other.</summary>
    /// <exception cref="ArgumentException">They contradict each other, or are out of range.</exception>
    internal void Check()
    {
        if (!(Threshold is > 0 and < 1) || !(EndThreshold > 0 && EndThreshold <= Threshold))
            throw new ArgumentException("The thresholds must be between 0 and 1, the end threshold not above the other.");
        if (Pause < TimeSpan.FromSeconds(0.05) || Padding < TimeSpan.Zero || Padding > Pause / 2)
            throw new ArgumentException("The padding must be at most half of the pause, and the pause at least 50 ms.");
        if (Longest < TimeSpan.FromSeconds(2) || Longest > TimeSpan.FromSeconds(30))
            throw new ArgumentException("The longest segment must be 2 to 30 s.");
        if (Padding > Longest / 4)
            throw new ArgumentException("The padding must be at most a quarter of the longest segment.");
    }
}
