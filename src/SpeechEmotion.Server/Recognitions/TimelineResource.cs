using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The speech of a recording in segments, each with its emotion.</summary>
/// <remarks>Describes the JSON that <see cref="Outputs.Timelines.TimelineJson"/> writes.</remarks>
/// <param name="Channels">The separately processed channels; a single one if the channels were mixed.</param>
/// <param name="Summary">Summary over all channels.</param>
/// <param name="Segments">Segments by start, then by channel. Segments of one channel do not overlap.</param>
/// <param name="Transitions">Changes of emotion from one segment of a channel to the next.</param>
internal sealed record TimelineResource(
    IReadOnlyList<TimelineChannelResource> Channels, SummaryResource Summary,
    IReadOnlyList<TimelineSegmentResource> Segments, IReadOnlyList<TransitionResource> Transitions);
