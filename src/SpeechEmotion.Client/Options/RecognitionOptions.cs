using SpeechEmotion.Client.Results;

namespace SpeechEmotion.Client.Options;

/// <summary>What is asked of a recognition. Each default is that of the server.</summary>
public sealed record RecognitionOptions
{
    /// <summary>The name of a model on the server; null for its default model.</summary>
    public string? Model { get; init; }

    /// <summary>One result for the recording, or also one for every 20 ms.</summary>
    public Granularity Granularity { get; init; }

    /// <summary>Whether the server also writes the embedding, as the file <c>embedding.npy</c>.</summary>
    public bool Embedding { get; init; }

    /// <summary>Whether the model processes the recording as a whole or by segments of speech.</summary>
    public SegmentationMode Segments { get; init; }

    /// <summary>Whether the model processes the silence around the speech.</summary>
    public SilenceMode Silence { get; init; }

    /// <summary>Whether to mix the channels or process each one separately.</summary>
    public ChannelMode Channels { get; init; }

    /// <summary>Who speaks on each channel, for example <c>customer</c>, <c>agent</c>; empty for no names.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
