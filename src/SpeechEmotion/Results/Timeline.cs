namespace SpeechEmotion.Results;

/// <summary>The emotions over time: the speech of a recording in segments.</summary>
/// <param name="Channels">The channels that were processed separately; one if they were mixed.</param>
/// <param name="Segments">The segments, sorted by start, then by channel. Segments of one channel do not overlap.</param>
/// <param name="Transitions">The changes of emotion from one segment of a channel to the next.</param>
/// <param name="Summary">The summary of all channels.</param>
public sealed record Timeline(
    IReadOnlyList<TimelineChannel> Channels, IReadOnlyList<TimelineSegment> Segments,
    IReadOnlyList<EmotionTransition> Transitions, TimelineSummary Summary);
