using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Options;

/// <summary>What is asked of one recognition.</summary>
public sealed record RecognitionOptions
{
    /// <summary>The longest recording that <see cref="SegmentationMode.Auto"/> processes whole, as FunASR does: 30 s.</summary>
    public static TimeSpan WholeDuration { get; } = TimeSpan.FromSeconds(30);

    /// <summary>One result for the whole recording, or also one for every 20 ms.</summary>
    public Granularity Granularity { get; init; }

    /// <summary>
    /// Also give the embedding. That of frames takes 200 bytes a second for each dimension, 0.7 GB an hour for the large
    /// model: for long recordings give a <see cref="Sink"/>.
    /// </summary>
    public bool Embedding { get; init; }

    /// <summary>Whether it is heard whole or by segments of speech.</summary>
    public SegmentationMode Segments { get; init; }

    /// <summary>
    /// Whether the silence around the speech takes part in the answer. Segments of speech have none, so it makes a difference
    /// only where the recording is processed whole, and for the answer over a long recording with up to 30 s of speech.
    /// </summary>
    public SilenceMode Silence { get; init; }

    /// <summary>What becomes of its channels.</summary>
    public ChannelMode Channels { get; init; }

    /// <summary>
    /// Who is heard on each channel, in order, where they are split: as many as the recording has channels, else it is refused
    /// (<c>audio.roles</c>). Empty for <c>channel 1</c>, ...
    /// </summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>How speech is cut into segments.</summary>
    public SegmentationOptions Segmentation { get; init; } = SegmentationOptions.Default;

    /// <summary>How much of a recording is taken before it is refused.</summary>
    public AudioLimits Limits { get; init; } = AudioLimits.Default;

    /// <summary>
    /// Takes waveform and frame features block by block as they are made; frame features are then not also kept in memory.
    /// </summary>
    public IRecognitionSink? Sink { get; init; }

    /// <summary>Whether silence is left out before this model.</summary>
    internal bool SkipsSilence(IEmotionModel model) =>
        Silence == SilenceMode.Skip || (Silence == SilenceMode.Auto && model.SpeechOnly);
}
