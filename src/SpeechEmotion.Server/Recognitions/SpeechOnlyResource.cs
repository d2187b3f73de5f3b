using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The answer over the speech of a recording by itself.</summary>
/// <param name="Emotion">Key of the most probable emotion.</param>
/// <param name="Confidence">Its probability, in [0, 1].</param>
/// <param name="Scores">All nine probabilities by key.</param>
public sealed record SpeechOnlyResource(string Emotion, float Confidence, IReadOnlyDictionary<string, float> Scores)
{
    internal static SpeechOnlyResource Of(IReadOnlyList<float> scores) =>
        new(new EmotionScores([.. scores]).Top.Key(), scores.Max(), RecognitionResource.ScoresOf(scores)!);
}
