using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>A timeline that was read back from a <c>result.json</c>.</summary>
/// <param name="Timeline">The timeline, with the precision of the stored decimals.</param>
/// <param name="Duration">The length of the recording.</param>
internal sealed record StoredTimeline(Timeline Timeline, TimeSpan Duration);
