using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Http;

/// <summary>The totals of a timeline.</summary>
/// <param name="Speech">Seconds with speech.</param>
/// <param name="Silence">Seconds without speech.</param>
/// <param name="Dominant">The emotion with the largest share; null without speech.</param>
/// <param name="Shares">Share of the speech time of each emotion; null without speech.</param>
public sealed record SummaryResource(double Speech, double Silence, Emotion? Dominant, ScoresResource? Shares)
{
    internal static SummaryResource Of(TimelineSummary summary) => new(
        summary.Speech, summary.Silence, summary.Dominant,
        summary.Shares is { } shares ? ScoresResource.Of(shares.Values.ToArray()) : null);
}
