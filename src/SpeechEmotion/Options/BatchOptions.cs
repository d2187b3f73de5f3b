using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Options;

/// <summary>How all recordings of a batch are recognized. A batch keeps these options as JSON, so that it can be resumed.</summary>
internal sealed record BatchOptions
{
    /// <summary>The name of a model; null for the default model.</summary>
    public string? Model { get; init; }

    /// <summary>A model folder of FunASR; null for a model by name.</summary>
    public string? ModelDirectory { get; init; }

    /// <summary>The arithmetic of the model.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>The device that runs the model.</summary>
    public ComputeDevice Device { get; init; }

    /// <summary>Whether to return one result for the whole recording, or also one for every 20 ms.</summary>
    public Granularity Granularity { get; init; }

    /// <summary>Whether to keep the embedding of each utterance, also in frame mode: a row for each recording.</summary>
    public bool Embedding { get; init; }

    /// <summary>Whether the model processes a recording as a whole or by segments of speech.</summary>
    public SegmentationMode Segments { get; init; }

    /// <summary>Whether the silence around the speech affects the answer.</summary>
    public SilenceMode Silence { get; init; }

    /// <summary>How the channels are processed.</summary>
    public ChannelMode Channels { get; init; }

    /// <summary>The speaker on each channel, in order, if the channels are split.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Longer recordings are refused, in hours.</summary>
    public double MaxHours { get; init; } = AudioLimits.Default.MaxDuration.TotalHours;

    /// <summary>The options of one recognition.</summary>
    public RecognitionOptions ForRecording() => new()
    {
        Granularity = Granularity,
        Embedding = Embedding,
        Segments = Segments,
        Silence = Silence,
        Channels = Channels,
        Roles = Roles,
        Limits = AudioLimits.Default with { MaxDuration = TimeSpan.FromHours(MaxHours) },
    };
}
