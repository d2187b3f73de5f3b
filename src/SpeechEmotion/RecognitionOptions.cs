using SpeechEmotion.Audio;
using SpeechEmotion.Results;

namespace SpeechEmotion;

/// <summary>What is asked of one recognition.</summary>
public sealed record RecognitionOptions
{
    /// <summary>One result for the whole recording, or also one for every 20 ms.</summary>
    public Granularity Granularity { get; init; }

    /// <summary>
    /// Also give the embedding. That of frames takes 200 bytes a second for each dimension, 0.7 GB an hour for the large
    /// model: for long recordings give a <see cref="Sink"/>.
    /// </summary>
    public bool Embedding { get; init; }

    /// <summary>How much of a recording is taken before it is refused.</summary>
    public AudioLimits Limits { get; init; } = AudioLimits.Default;

    /// <summary>
    /// Takes waveform and frame features block by block as they are made; frame features are then not also kept in memory.
    /// </summary>
    public IRecognitionSink? Sink { get; init; }
}
