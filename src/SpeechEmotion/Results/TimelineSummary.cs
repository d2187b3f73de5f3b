namespace SpeechEmotion.Results;

/// <summary>A timeline in a few numbers.</summary>
/// <param name="Speech">Seconds in which somebody speaks.</param>
/// <param name="Silence">Seconds in which nobody does.</param>
/// <param name="Dominant">The emotion with the largest share; null where there is no speech.</param>
/// <param name="Shares">Share of the speech time of each emotion, which sum to 1; null where there is no speech.</param>
public sealed record TimelineSummary(double Speech, double Silence, Emotion? Dominant, EmotionScores? Shares);
