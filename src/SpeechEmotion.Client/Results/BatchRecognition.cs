namespace SpeechEmotion.Client.Results;

/// <summary>How all recordings of a batch are recognized.</summary>
public sealed record BatchRecognition
{
    /// <summary>Name of the model; null if the server's active model was not known yet.</summary>
    public string? Model { get; init; }

    /// <summary>One result for a recording, or also one for every 20 ms.</summary>
    public required Granularity Granularity { get; init; }

    /// <summary>Whether the export contains the embedding of each recording.</summary>
    public required bool Embedding { get; init; }

    /// <summary>Whether the model processes a recording as a whole or by segments of speech.</summary>
    public required SegmentationMode Segments { get; init; }

    /// <summary>Whether the model processes the silence around the speech.</summary>
    public required SilenceMode Silence { get; init; }

    /// <summary>Whether the channels are mixed or processed separately.</summary>
    public required ChannelMode Channels { get; init; }

    /// <summary>Who speaks on each channel; empty if the request named no roles.</summary>
    public required IReadOnlyList<string> Roles { get; init; }
}
