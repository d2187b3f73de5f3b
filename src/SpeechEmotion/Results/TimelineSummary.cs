namespace SpeechEmotion.Results;

/// <summary>The key figures of a timeline.</summary>
/// <param name="Speech">Seconds with speech.</param>
/// <param name="Silence">Seconds without speech.</param>
/// <param name="Dominant">The emotion with the largest share; null if there is no speech.</param>
/// <param name="Shares">The share of each emotion in the speech time; the shares sum to 1. Null if there is no speech.</param>
public sealed record TimelineSummary(double Speech, double Silence, Emotion? Dominant, EmotionScores? Shares);
