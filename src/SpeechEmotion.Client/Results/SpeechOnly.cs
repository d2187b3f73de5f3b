namespace SpeechEmotion.Client.Results;

/// <summary>The result for the speech of a recording alone.</summary>
public sealed record SpeechOnly
{
    /// <summary>Most probable emotion.</summary>
    public required Emotion Emotion { get; init; }

    /// <summary>Probability of that emotion, in [0, 1].</summary>
    public required float Confidence { get; init; }

    /// <summary>Probabilities of all nine emotions.</summary>
    public required Scores Scores { get; init; }
}
