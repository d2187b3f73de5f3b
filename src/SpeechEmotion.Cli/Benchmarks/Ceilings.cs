namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>The speed of ONNX Runtime's own large matrix products on the machine.</summary>
/// <param name="Fp32Gflops">Billions of floating-point operations per second.</param>
/// <param name="Int8Gops">Billions of operations per second with int8 weights and activations that are quantized at each run.</param>
internal sealed record Ceilings(double Fp32Gflops, double Int8Gops);
