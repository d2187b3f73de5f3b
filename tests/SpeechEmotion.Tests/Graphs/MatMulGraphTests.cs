using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using Shouldly;
using SpeechEmotion.Graphs;
using SpeechEmotion.Inference;
using Xunit;

namespace SpeechEmotion.Tests.Graphs;

public sealed class MatMulGraphTests
{
    private const int Size = 64;

    private static readonly float[] Input = [.. Enumerable.Range(0, Size * Size).Select(i => i % 13 / 13f)];

    [Fact]
    public void Fp32_Run_IsTheProduct() => Run(MatMulGraph.Fp32(Size)).ShouldBe(Product(i => i % 17 / 17f), 1e-4);

    /// <summary>Two steps of a quantized activation are 0.8 % of the largest value; over a sum the steps partly cancel.</summary>
    [Fact]
    public void Int8_Run_IsTheProductButForQuantization() =>
        Run(MatMulGraph.Int8(Size, MatMulGraph.WholeRange)).ShouldBe(Product(i => ((i % 255) - 127) / 127f), 0.1);

    private static float[] Run(ModelProto model)
    {
        _ = InferenceRuntime.Engine;
        using var settings = new SessionOptions();
        Int8Products.Apply(settings);
        using var session = new InferenceSession(model.ToByteArray(), settings);
        using var input = OrtValue.CreateTensorValueFromMemory(Input, [Size, Size]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["x"], [input], ["y"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static float[] Product(Func<int, float> weight) =>
    [
        .. Enumerable.Range(0, Size * Size).Select(at =>
            Enumerable.Range(0, Size).Sum(i => Input[(at / Size * Size) + i] * weight((i * Size) + (at % Size)))),
    ];
}
