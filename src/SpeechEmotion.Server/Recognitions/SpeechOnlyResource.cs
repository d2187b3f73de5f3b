using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The answer over the speech of a recording by itself.</summary>
/// <param name="Emotion">The most probable emotion.</param>
/// <param name="Confidence">Its probability, in [0, 1].</param>
/// <param name="Scores">All nine probabilities.</param>
public sealed record SpeechOnlyResource(Emotion Emotion, float Confidence, ScoresResource Scores)
{
    internal static SpeechOnlyResource Of(IReadOnlyList<float> scores) =>
        new(new EmotionScores([.. scores]).Top, scores.Max(), ScoresResource.Of(scores));
}
