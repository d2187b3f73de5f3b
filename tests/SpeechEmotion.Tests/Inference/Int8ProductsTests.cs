using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Shouldly;
using SpeechEmotion.Graphs;
using SpeechEmotion.Inference;
using Xunit;

namespace SpeechEmotion.Tests.Inference;

/// <summary>Products of 8-bit integers at the limits of their ranges, on the processor that runs the tests.</summary>
public sealed class Int8ProductsTests
{
    [Fact]
    public void Saturates_UnsignedWeights_NeverOnAnyProcessor() => Int8Products.Saturates(unsigned: true).ShouldBeFalse();

    [Theory]
    [InlineData(1, 64)]
    [InlineData(3, 64)]
    [InlineData(65, 320)]
    public void Apply_LargestActivationsAndWeights_GiveTheExactSum(int rows, int size)
    {
        _ = InferenceRuntime.Engine;
        using var settings = new SessionOptions();
        Int8Products.Apply(settings);
        using var session = new InferenceSession(
            MatMulGraph.Int8(size, i => i % 2 == 0 ? sbyte.MaxValue : (sbyte)-sbyte.MaxValue).ToByteArray(), settings);
        using var input = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1f, rows * size).ToArray(), [rows, size]);
        using var run = new RunOptions();

        using var results = session.Run(run, ["x"], [input], ["y"]);

        // The columns alternate: all weights of a column are 1, all of the next are -1.
        results[0].GetTensorDataAsSpan<float>().ToArray()
            .ShouldBe(Enumerable.Range(0, rows * size).Select(i => i % 2 == 0 ? size : (float)-size), 1e-3);
    }

    [Fact]
    public void Name_ThisProcessor_NamesTheKernelsThatAreExactHere() =>
        Int8Products.Name.ShouldBe(Int8Products.Saturates(unsigned: false) ? "u8u8" : "u8s8");
}
