namespace SpeechEmotion.Inference;

/// <summary>What computes a model.</summary>
public enum ComputeDevice
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>
    /// An NVIDIA graphics processor, where the program was built with ONNX Runtime's GPU package and finds CUDA; else the processor,
    /// and people are told why.
    /// </summary>
    Cuda,

    /// <summary>As <see cref="Cuda"/>, but that the processor computes is nothing to be told of.</summary>
    Auto,
}
