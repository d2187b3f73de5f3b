namespace SpeechEmotion.Client.Results;

/// <summary>The speech of a recording in segments, each with its emotion.</summary>
public sealed record Timeline
{
    /// <summary>The separately processed channels; a single one if the channels were mixed.</summary>
    public required IReadOnlyList<TimelineChannel> Channels { get; init; }

    /// <summary>Summary over all channels.</summary>
    public required Summary Summary { get; init; }

    /// <summary>Segments by start, then by channel. Segments of one channel do not overlap.</summary>
    public required IReadOnlyList<TimelineSegment> Segments { get; init; }

    /// <summary>Changes of emotion from one segment of a channel to the next.</summary>
    public required IReadOnlyList<Transition> Transitions { get; init; }
}
