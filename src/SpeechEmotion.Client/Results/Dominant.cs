namespace SpeechEmotion.Client.Results;

/// <summary>The emotion of most of the speech of a recording that was recognized by segments.</summary>
public sealed record Dominant
{
    /// <summary>The emotion with the largest share of the speech time.</summary>
    public required Emotion Emotion { get; init; }

    /// <summary>Its share, in [0, 1].</summary>
    public required float Share { get; init; }

    /// <summary>
    /// The emotion with the second largest share, if it is close to the first: at least 0.2 and at least four fifths of the first share.
    /// </summary>
    public Emotion? Secondary { get; init; }

    /// <summary>Number of segments; null in lists of batches, and if an older version stored the result.</summary>
    public int? Segments { get; init; }

    /// <summary>Number of changes of emotion from one segment to the next; null as above.</summary>
    public int? Transitions { get; init; }
}
