using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Http;

/// <summary>One number for each of the nine emotions: probabilities, or shares of the speech time. They sum to 1.</summary>
/// <param name="Angry">愤怒.</param>
/// <param name="Disgusted">厌恶.</param>
/// <param name="Fearful">恐惧.</param>
/// <param name="Happy">快乐.</param>
/// <param name="Neutral">中性.</param>
/// <param name="Other">An emotion other than the named ones.</param>
/// <param name="Sad">悲伤.</param>
/// <param name="Surprised">惊讶.</param>
/// <param name="Unknown">The model cannot decide.</param>
public sealed record ScoresResource(
    float Angry, float Disgusted, float Fearful, float Happy, float Neutral, float Other, float Sad, float Surprised, float Unknown)
{
    /// <summary>Creates the scores from nine numbers in the order of <see cref="Emotion"/>.</summary>
    internal static ScoresResource Of(IReadOnlyList<float> scores) =>
        new(scores[0], scores[1], scores[2], scores[3], scores[4], scores[5], scores[6], scores[7], scores[8]);

    /// <summary>Returns the numbers for computing.</summary>
    internal EmotionScores ToScores() => new([Angry, Disgusted, Fearful, Happy, Neutral, Other, Sad, Surprised, Unknown]);
}
