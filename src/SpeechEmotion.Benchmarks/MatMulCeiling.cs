using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using SpeechEmotion.Graphs;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Benchmarks;

/// <summary>
/// The best speed of ONNX Runtime itself on this machine: one large matrix product with constant, packed weights. The speed of a
/// model is a share of this, so that figures of different machines can be compared. Not thread-safe.
/// </summary>
public sealed class MatMulCeiling : IDisposable
{
    /// <summary>The rows and columns of each matrix.</summary>
    public const int Size = 2048;

    private readonly InferenceSession _session;
    private readonly OrtValue _input;

    private MatMulCeiling(ModelProto graph, Action<SessionOptions>? settings = null)
    {
        _ = InferenceRuntime.Engine;
        using var options = new SessionOptions();
        // Threads that spin for work would slow the model that runs in turns with this.
        options.AddSessionConfigEntry(InferenceRuntime.RestOption, "1");
        settings?.Invoke(options);
        _session = new(graph.ToByteArray(), options);
        _input = OrtValue.CreateTensorValueFromMemory([.. Enumerable.Range(0, Size * Size).Select(i => i % 17 / 17f)], [Size, Size]);
    }

    /// <summary>Creates the ceiling of floats multiplied by floats.</summary>
    public static MatMulCeiling ForFp32() => new(MatMulGraph.Fp32(Size));

    /// <summary>
    /// Creates the ceiling of floats, quantized at each run, multiplied by int8 weights, with the kernels of an int8 form on this
    /// processor.
    /// </summary>
    public static MatMulCeiling ForInt8() => new(MatMulGraph.Int8(Size, MatMulGraph.WholeRange), Int8Products.Apply);

    /// <summary>Billions of additions and multiplications per second in the best of several runs.</summary>
    /// <param name="runs">The number of runs, at least one.</param>
    /// <param name="ct">Checked before each run.</param>
    public double Measure(int runs = 5, CancellationToken ct = default) =>
        2.0 * Size * Size * Size / Timings.Of(runs, Run, ct).Best / 1e9;

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _session.Dispose();
    }

    private void Run()
    {
        using var options = new RunOptions();
        using var results = _session.Run(options, ["x"], [_input], ["y"]);
    }
}
