namespace SpeechEmotion.Inference;

/// <summary>What computes a model.</summary>
public enum ComputeDevice
{
    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>
    /// An NVIDIA GPU, if the program was built with ONNX Runtime's GPU package and finds CUDA; otherwise the CPU, with a warning that
    /// states the reason.
    /// </summary>
    Cuda,

    /// <summary>Same as <see cref="Cuda"/>, but without a warning if the model runs on the CPU.</summary>
    Auto,
}
