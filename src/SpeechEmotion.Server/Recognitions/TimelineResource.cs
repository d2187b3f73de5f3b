namespace SpeechEmotion.Server.Recognitions;

/// <summary>Which emotion, when: the speech of a recording in segments.</summary>
/// <remarks>Describes what <see cref="Outputs.TimelineJson"/> writes.</remarks>
/// <param name="Channels">The channels that were processed separately; one where they were mixed.</param>
/// <param name="Summary">Over all channels.</param>
/// <param name="Segments">By start, then by channel. Those of one channel do not overlap.</param>
/// <param name="Transitions">Where the emotion of a channel changes from one segment to the next.</param>
internal sealed record TimelineResource(
    IReadOnlyList<TimelineChannelResource> Channels, SummaryResource Summary,
    IReadOnlyList<TimelineSegmentResource> Segments, IReadOnlyList<TransitionResource> Transitions);
