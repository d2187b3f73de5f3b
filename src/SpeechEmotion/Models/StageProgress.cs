namespace SpeechEmotion.Models;

/// <summary>Tells of one part of a longer work.</summary>
/// <param name="all">Is told how far the whole has come.</param>
/// <param name="id">The model.</param>
/// <param name="stage">The part.</param>
/// <param name="from">Share of the whole that was done before, 0 to 1.</param>
/// <param name="share">The part's share of the whole.</param>
internal sealed class StageProgress(IProgress<ImportProgress>? all, string id, ImportStage stage, double from, double share) : IProgress<double>
{
    public void Report(double value) => all?.Report(new(id, stage, from + (share * value)));
}
