namespace SpeechEmotion.Results;

/// <summary>The answer for the speech of a recording alone, in addition to the answer for the recording with its silence.</summary>
/// <param name="Scores">All nine probabilities.</param>
public sealed record SpeechOnlyAnswer(EmotionScores Scores)
{
    /// <summary>The most probable emotion.</summary>
    public Emotion Emotion => Scores.Top;

    /// <summary>Its probability, in [0, 1].</summary>
    public float Confidence => Scores[Emotion];
}
