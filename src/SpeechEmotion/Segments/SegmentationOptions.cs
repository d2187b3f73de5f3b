namespace SpeechEmotion.Segments;

/// <summary>How speech is cut into segments. The defaults were chosen on joined conversations (<c>bench timeline</c>).</summary>
public sealed record SegmentationOptions
{
    /// <summary>The settings that apply when none are given.</summary>
    public static SegmentationOptions Default { get; } = new();

    /// <summary>Speech begins where its probability reaches this.</summary>
    /// <value>0.4. Silero's own tools take 0.5, and miss more of what is spoken softly.</value>
    public float Threshold { get; init; } = 0.4f;

    /// <summary>Speech ends where its probability stays below this.</summary>
    /// <value>0.25.</value>
    public float EndThreshold { get; init; } = 0.25f;

    /// <summary>A pause of this length parts two segments; over shorter ones they are one.</summary>
    /// <value>0.2 s.</value>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>How much of the sound before and after speech belongs to it; half of <see cref="Pause"/> at most.</summary>
    /// <value>0.1 s.</value>
    public TimeSpan Padding { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>Longest segment. Longer speech is cut at its quietest point.</summary>
    /// <value>15 s.</value>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Throws where the settings contradict each other.</summary>
    /// <exception cref="ArgumentException">They do.</exception>
    internal void Check()
    {
        if (!(Threshold is > 0 and < 1) || !(EndThreshold > 0 && EndThreshold <= Threshold))
            throw new ArgumentException("The thresholds lie between 0 and 1, that of the end not above the other.");
        if (Pause < TimeSpan.FromSeconds(0.05) || Padding < TimeSpan.Zero || Padding > Pause / 2)
            throw new ArgumentException("The padding is at most half of the pause, which is at least 50 ms.");
        if (Longest < TimeSpan.FromSeconds(2) || Longest > TimeSpan.FromSeconds(30))
            throw new ArgumentException("The longest segment has 2 to 30 s.");
        if (Padding > Longest / 4)
            throw new ArgumentException("The padding is at most a quarter of the longest segment.");
    }
}
