using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>A timeline in a few numbers.</summary>
/// <param name="Speech">Seconds in which somebody speaks.</param>
/// <param name="Silence">Seconds in which nobody does.</param>
/// <param name="Dominant">Key of the emotion with the largest share; null without speech.</param>
/// <param name="Shares">Share of the speech time of each emotion by key; null without speech.</param>
public sealed record SummaryResource(double Speech, double Silence, string? Dominant, IReadOnlyDictionary<string, float>? Shares)
{
    internal static SummaryResource Of(TimelineSummary summary) => new(
        summary.Speech, summary.Silence, summary.Dominant?.Key(), RecognitionResource.ScoresOf(summary.Shares?.Values.ToArray()));
}
