namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>ONNX Runtime's own large matrix products on the machine.</summary>
/// <param name="Fp32Gflops">Billions of floating-point operations a second.</param>
/// <param name="Int8Gops">Billions of operations a second with int8 weights and activations that are quantized as they come.</param>
internal sealed record Ceilings(double Fp32Gflops, double Int8Gops);
