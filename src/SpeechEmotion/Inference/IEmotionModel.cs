using SpeechEmotion.Results;

namespace SpeechEmotion.Inference;

/// <summary>A loaded model: 16 kHz waveform in, features and logits of 20 ms frames out. Thread-safe.</summary>
/// <remarks>The seam around native code: everything above it runs without ONNX Runtime.</remarks>
public interface IEmotionModel : IDisposable
{
    /// <summary>Which model this is.</summary>
    ModelIdentity Identity { get; }

    /// <summary>The model's labels; null for a model that only gives features.</summary>
    LabelSet? Labels { get; }

    /// <summary>Length of one frame's features.</summary>
    int Dimension { get; }

    /// <summary>The shortest waveform that gives a frame, in samples.</summary>
    int MinSamples { get; }

    /// <summary>The longest waveform that it takes, in samples; null where memory is the only bound.</summary>
    int? MaxSamples { get; }

    /// <summary>
    /// True for a model whose answer is about speech alone, so that silence is left out before it; false for one whose reference
    /// processes recordings with their silence.
    /// </summary>
    bool SpeechOnly => false;

    /// <summary>What computes it: the processor, or CUDA.</summary>
    ComputeDevice Device => ComputeDevice.Cpu;

    /// <summary>Name and version of the engine that computes it, for example <c>ONNX Runtime 1.31.1</c>; null where it needs none.</summary>
    string? Runtime => null;

    /// <summary>Computes the frames of one waveform.</summary>
    /// <param name="waveform">16 kHz mono, nominally in [-1, 1], at least <see cref="MinSamples"/> and at most <see cref="MaxSamples"/> long.</param>
    /// <param name="ct">Ends a running computation too.</param>
    /// <exception cref="Errors.ModelException">The computation failed, for example for want of memory.</exception>
    ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default);

    /// <summary>
    /// Computes the frames of speech without the silence around it. A model whose head was fitted on recordings with their silence may
    /// have a second head for this; the features are those of <see cref="Run"/>.
    /// </summary>
    /// <inheritdoc cref="Run"/>
    ModelFrames RunSpeech(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => Run(waveform, ct);

    /// <summary>Gives back memory that is kept from one computation for the next, where there is some.</summary>
    void ReleaseMemory()
    {
    }
}
