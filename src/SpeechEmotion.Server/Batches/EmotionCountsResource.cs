using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>How many recordings have each of the nine emotions.</summary>
/// <param name="Angry">愤怒.</param>
/// <param name="Disgusted">厌恶.</param>
/// <param name="Fearful">恐惧.</param>
/// <param name="Happy">快乐.</param>
/// <param name="Neutral">中性.</param>
/// <param name="Other">An emotion other than the named ones.</param>
/// <param name="Sad">悲伤.</param>
/// <param name="Surprised">惊讶.</param>
/// <param name="Unknown">The model cannot decide.</param>
public sealed record EmotionCountsResource(
    int Angry, int Disgusted, int Fearful, int Happy, int Neutral, int Other, int Sad, int Surprised, int Unknown)
{
    internal static EmotionCountsResource Of(EmotionCounts counts) => new(
        counts.Angry, counts.Disgusted, counts.Fearful, counts.Happy, counts.Neutral, counts.Other, counts.Sad, counts.Surprised,
        counts.Unknown);
}
