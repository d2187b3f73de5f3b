namespace SpeechEmotion.Client.Results;

/// <summary>A stretch of speech with one emotion.</summary>
public sealed record TimelineSegment
{
    /// <summary>Index of the channel.</summary>
    public required int Channel { get; init; }

    /// <summary>Start, in seconds from the start of the recording.</summary>
    public required double Start { get; init; }

    /// <summary>End, in seconds from the start of the recording.</summary>
    public required double End { get; init; }

    /// <summary>Most probable emotion.</summary>
    public required Emotion Emotion { get; init; }

    /// <summary>Probability of that emotion, in [0, 1].</summary>
    public required float Confidence { get; init; }

    /// <summary>Probabilities of all nine emotions.</summary>
    public required Scores Scores { get; init; }

    /// <summary>Reasons why the result may be unreliable.</summary>
    public required IReadOnlyList<BilingualNote> Quality { get; init; }
}
