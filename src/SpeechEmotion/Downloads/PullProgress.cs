namespace SpeechEmotion.Downloads;

/// <summary>The progress of a model's download and import.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Stage">The current stage.</param>
/// <param name="Fraction">The finished share of this stage, 0 to 1.</param>
/// <param name="Done">The bytes downloaded, including those of earlier attempts.</param>
/// <param name="Total">The bytes to download in all.</param>
/// <param name="BytesPerSecond">The rate over the last seconds; null while no data arrives.</param>
/// <param name="Left">The remaining time at this rate; null if it is unknown.</param>
public sealed record PullProgress(
    string ModelId, PullStage Stage, double Fraction, long Done, long Total, double? BytesPerSecond = null, TimeSpan? Left = null);
