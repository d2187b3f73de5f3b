using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace SpeechEmotion.Bench;

/// <summary>
/// The most that ONNX Runtime itself reaches on this machine: one large float32 MatMul with constant, packed weights. The
/// speed of a model is a share of this, so that figures of different machines can be compared.
/// </summary>
internal sealed class GemmCeiling : IDisposable
{
    private const int Size = 2048;

    private readonly InferenceSession _session;
    private readonly OrtValue _input;

    public GemmCeiling()
    {
        _ = Models.InferenceRuntime.Engine;
        var weights = new float[Size * Size];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = i % 17 / 17f;
        var graph = new Graphs.OnnxGraph("ceiling");
        var input = graph.Input("x", Size, Size);
        graph.Output("y", graph.Node("MatMul", [input, graph.Constant("w", weights, Size, Size)]), Size, Size);
        _session = new(graph.ToModel().ToByteArray());
        _input = OrtValue.CreateTensorValueFromMemory(weights, [Size, Size]);
    }

    /// <summary>GFLOP per second of one run, the best of a few.</summary>
    public double Measure(int runs = 5)
    {
        var best = double.MaxValue;
        for (var i = 0; i < runs; i++)
            best = Math.Min(best, Clock.Seconds(() => Run()));
        return 2.0 * Size * Size * Size / best / 1e9;
    }

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
