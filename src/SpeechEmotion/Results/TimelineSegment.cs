namespace SpeechEmotion.Results;

/// <summary>A stretch of speech with one emotion.</summary>
public sealed record TimelineSegment
{
    /// <summary>The channel: an index into <see cref="Timeline.Channels"/>.</summary>
    public required int Channel { get; init; }

    /// <summary>The start, in seconds from the start of the recording; on the grid of 20 ms.</summary>
    public required double Start { get; init; }

    /// <summary>The end, in seconds.</summary>
    public required double End { get; init; }

    /// <summary>The length in seconds.</summary>
    public double Duration => End - Start;

    /// <summary>The most probable emotion.</summary>
    public Emotion Emotion => Scores.Top;

    /// <summary>Its probability, in [0, 1].</summary>
    public float Confidence => Scores[Emotion];

    /// <summary>All nine probabilities of this segment alone.</summary>
    public required EmotionScores Scores { get; init; }

    /// <summary>The reasons why its answer may be weak, for example less than half a second of speech.</summary>
    public required IReadOnlyList<QualityNote> Quality { get; init; }
}
