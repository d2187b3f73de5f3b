namespace SpeechEmotion.Downloads;

/// <summary>How far getting a model has come.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Stage">What is being done.</param>
/// <param name="Fraction">Share of this stage that is done, 0 to 1.</param>
/// <param name="Done">Bytes downloaded, those of earlier attempts included.</param>
/// <param name="Total">Bytes to download in all.</param>
/// <param name="BytesPerSecond">Over the last seconds; null where nothing comes.</param>
/// <param name="Left">Time that is left at this rate; null where that is not known.</param>
public sealed record PullProgress(
    string ModelId, PullStage Stage, double Fraction, long Done, long Total, double? BytesPerSecond = null, TimeSpan? Left = null);
