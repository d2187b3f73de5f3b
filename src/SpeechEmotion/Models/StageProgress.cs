namespace SpeechEmotion.Models;

/// <summary>Reports the progress of one stage as progress of the whole import.</summary>
/// <param name="all">Receives the progress of the whole import.</param>
/// <param name="id">The name of the model.</param>
/// <param name="stage">The stage.</param>
/// <param name="from">The share of the whole that was completed before the stage, 0 to 1.</param>
/// <param name="share">The stage's share of the whole.</param>
internal sealed class StageProgress(IProgress<ImportProgress>? all, string id, ImportStage stage, double from, double share)
    : IProgress<double>
{
    public void Report(double value) => all?.Report(new(id, stage, from + (share * value)));
}
