namespace SpeechEmotion.Client.Results;

/// <summary>The totals of a timeline.</summary>
public sealed record Summary
{
    /// <summary>Seconds with speech.</summary>
    public required double Speech { get; init; }

    /// <summary>Seconds without speech.</summary>
    public required double Silence { get; init; }

    /// <summary>The emotion with the largest share; null without speech.</summary>
    public Emotion? Dominant { get; init; }

    /// <summary>Share of the speech time of each emotion; null without speech.</summary>
    public Scores? Shares { get; init; }
}
