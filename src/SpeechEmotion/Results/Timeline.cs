namespace SpeechEmotion.Results;

/// <summary>Which emotion, when: the speech of a recording in segments.</summary>
/// <param name="Channels">The channels that were heard apart; one where they were mixed.</param>
/// <param name="Segments">By start, then by channel. Those of one channel do not overlap.</param>
/// <param name="Transitions">Where the emotion of a channel changes from one segment to the next.</param>
/// <param name="Summary">Over all channels.</param>
public sealed record Timeline(
    IReadOnlyList<TimelineChannel> Channels, IReadOnlyList<TimelineSegment> Segments,
    IReadOnlyList<EmotionTransition> Transitions, TimelineSummary Summary);
