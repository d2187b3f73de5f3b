using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>A timeline that was read back from a <c>result.json</c>.</summary>
/// <param name="Timeline">The timeline, to the decimals that were written.</param>
/// <param name="Duration">Length of the recording.</param>
internal sealed record StoredTimeline(Timeline Timeline, TimeSpan Duration);
