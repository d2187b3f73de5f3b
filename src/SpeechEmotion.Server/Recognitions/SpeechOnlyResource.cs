using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The result for the speech of a recording alone.</summary>
/// <param name="Emotion">Most probable emotion.</param>
/// <param name="Confidence">Probability of that emotion, in [0, 1].</param>
/// <param name="Scores">Probabilities of all nine emotions.</param>
public sealed record SpeechOnlyResource(Emotion Emotion, float Confidence, ScoresResource Scores)
{
    internal static SpeechOnlyResource Of(IReadOnlyList<float> scores) =>
        new(new EmotionScores([.. scores]).Top, scores.Max(), ScoresResource.Of(scores));
}
