using SpeechEmotion.Results;

namespace SpeechEmotion.Inference;

/// <summary>A loaded model: takes a 16 kHz waveform, returns features and logits of 20 ms frames. Thread-safe.</summary>
/// <remarks>The boundary to native code: everything above it runs without ONNX Runtime.</remarks>
public interface IEmotionModel : IDisposable
{
    /// <summary>The identity of the model.</summary>
    ModelIdentity Identity { get; }

    /// <summary>The model's labels; null for a model that only computes features.</summary>
    LabelSet? Labels { get; }

    /// <summary>The length of one frame's features.</summary>
    int Dimension { get; }

    /// <summary>The shortest waveform that yields a frame, in samples.</summary>
    int MinSamples { get; }

    /// <summary>The longest accepted waveform, in samples; null if memory is the only limit.</summary>
    int? MaxSamples { get; }

    /// <summary>
    /// True for a model that scores only speech, so that silence is removed before inference; false for one whose reference
    /// processes recordings with their silence.
    /// </summary>
    bool SpeechOnly => false;

    /// <summary>The device that runs it: the CPU, or CUDA.</summary>
    ComputeDevice Device => ComputeDevice.Cpu;

    /// <summary>The name and version of the inference engine, for example <c>ONNX Runtime 1.31.1</c>; null if there is none.</summary>
    string? Runtime => null;

    /// <summary>Computes the frames of one waveform.</summary>
    /// <param name="waveform">
    /// The samples: 16 kHz mono, nominally in [-1, 1], at least <see cref="MinSamples"/> and at most <see cref="MaxSamples"/> long.
    /// </param>
    /// <param name="ct">Cancels the computation, even while it runs.</param>
    /// <exception cref="Errors.ModelException">The computation failed, for example because memory ran out.</exception>
    ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default);

    /// <summary>
    /// Computes the frames of speech without the silence around it. A model whose head was trained on recordings with their silence may
    /// have a second head for this; the features are those of <see cref="Run"/>.
    /// </summary>
    /// <inheritdoc cref="Run"/>
    ModelFrames RunSpeech(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => Run(waveform, ct);

    /// <summary>Releases memory that is cached between computations, if any.</summary>
    void ReleaseMemory()
    {
    }
}
