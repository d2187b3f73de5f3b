using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Options;

/// <summary>The options of one recognition.</summary>
public sealed record RecognitionOptions
{
    /// <summary>The longest recording that <see cref="SegmentationMode.Auto"/> processes as a whole, as FunASR does: 30 s.</summary>
    public static TimeSpan WholeDuration { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether to return one result for the whole recording, or also one for every 20 ms.</summary>
    public Granularity Granularity { get; init; }

    /// <summary>
    /// Whether to return the embedding too. The embedding of frames takes 200 bytes a second per dimension, 0.7 GB an hour for the
    /// large model: for long recordings, set a <see cref="Sink"/>.
    /// </summary>
    public bool Embedding { get; init; }

    /// <summary>Whether the model processes the recording as a whole or by segments of speech.</summary>
    public SegmentationMode Segments { get; init; }

    /// <summary>
    /// Whether the silence around the speech affects the answer. Segments of speech contain no silence, so this makes a difference
    /// only for a recording that is processed as a whole, and for the answer about a long recording with up to 30 s of speech.
    /// </summary>
    public SilenceMode Silence { get; init; }

    /// <summary>How the channels are processed.</summary>
    public ChannelMode Channels { get; init; }

    /// <summary>
    /// The speaker on each channel, in order, if the channels are split: one for each channel of the recording, otherwise it is
    /// refused (<c>audio.roles</c>). Empty for <c>channel 1</c>, ...
    /// </summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>How speech is cut into segments.</summary>
    public SegmentationOptions Segmentation { get; init; } = SegmentationOptions.Default;

    /// <summary>The limits above which a recording is refused.</summary>
    public AudioLimits Limits { get; init; } = AudioLimits.Default;

    /// <summary>
    /// Receives waveform and frame features block by block as they are computed; frame features are then not kept in memory.
    /// </summary>
    public IRecognitionSink? Sink { get; init; }

    /// <summary>Whether silence is skipped before the recording reaches this model.</summary>
    internal bool SkipsSilence(IEmotionModel model) =>
        Silence == SilenceMode.Skip || (Silence == SilenceMode.Auto && model.SpeechOnly);
}
