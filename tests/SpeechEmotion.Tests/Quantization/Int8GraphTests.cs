using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using Shouldly;
using SpeechEmotion.Graphs;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Quantization;

/// <summary>Compares the int8 graph with the float32 graph it was made from.</summary>
public sealed class Int8GraphTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Write_Compact_RoundsEveryProductOfTheBlocksAndKeepsTheRest()
    {
        var original = ModelSearch.Default.Resolve(ModelCatalogue.Compact);

        var graph = Write(original).Graph;

        // Five blocks of four products each; the spectrum, the attention and the last projection stay float32.
        graph.Node.Count(node => node.OpType == "DynamicQuantizeMatMul").ShouldBe(20);
        graph.Node.Count(node => node.OpType == "Softmax").ShouldBe(5);
        graph.Input.Select(input => input.Name).ShouldBe(["waveform"]);
        graph.Output.Select(output => output.Name).ShouldBe(["frames"]);
        // The graph uses the 8-bit weights directly and widens none.
        graph.Initializer.Count(tensor => tensor.Name.EndsWith(".int8", StringComparison.Ordinal)).ShouldBe(20);
    }

    [Fact]
    public void Write_Compact_GivesNearlyTheSameScores()
    {
        var original = ModelSearch.Default.Resolve(ModelCatalogue.Compact);
        Save(Write(original));
        foreach (var head in original.Manifest.Heads)
            File.Copy(original.PathOf(head), _folder.File(head));
        using var rounded = OnnxEmotionModel.Load(
            new(_folder.Path, original.Manifest with { Graph = "model.onnx", Precision = "int8" }), new());
        using var exact = OnnxEmotionModel.Load(original, new());
        var clip = Sounds.Sentence;

        var (first, second) = (
            exact.Run(clip, TestContext.Current.CancellationToken), rounded.Run(clip, TestContext.Current.CancellationToken));

        second.Count.ShouldBe(first.Count);
        Cosine(first, second, exact.Dimension).ShouldBeGreaterThan(0.98f);
        Rows.LargestDifference(first.Features.Span, second.Features.Span.ToArray()).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("tiny-f16")]
    [InlineData("tiny-base")]
    [InlineData("tiny-h6post")]
    public void Write_EveryProductOfACheckpoint_StaysWithinRounding(string name)
    {
        using var models = new ImportedModels();
        var original = models.Store.Import(
            Path.Combine(Repository.Golden("emotion2vec"), "models", name), ct: TestContext.Current.CancellationToken);
        // A limit low enough to quantize even the narrow layers of these models: convolution windows, grouped convolutions, blocks.
        var model = Write(original, least: 16);
        Save(model);
        using var rounded = OnnxEmotionModel.Load(new(_folder.Path, original.Manifest with { Precision = "int8" }), new());
        using var exact = OnnxEmotionModel.Load(original, new());

        model.Graph.Node.Count(node => node.OpType == "MatMulIntegerToFloat").ShouldBe(6 + 5);
        model.Graph.Node.Count(node => node.OpType == "DynamicQuantizeMatMul").ShouldBe(1 + (4 * 4));
        model.Graph.Node.ShouldNotContain(node => node.OpType == "Conv");
        foreach (var length in new[] { exact.MinSamples, 725, 16000, Sounds.Sentence.Length })
        {
            var clip = Sounds.Sentence.AsMemory(0, length);
            var (first, second) = (
                exact.Run(clip, TestContext.Current.CancellationToken), rounded.Run(clip, TestContext.Current.CancellationToken));
            second.Count.ShouldBe(first.Count);
            Cosine(first, second, exact.Dimension).ShouldBeGreaterThan(0.99f);
        }
    }

    /// <summary>Processors without VNNI need one of the two kernels; all others use the other one.</summary>
    [Fact]
    public void Write_UnsignedKernels_GiveWhatTheKernelsOfThisProcessorGive()
    {
        var original = ModelSearch.Default.Resolve(ModelCatalogue.Compact);
        Save(Write(original));
        using var settings = new SessionOptions();
        settings.AddSessionConfigEntry(Int8Products.UnsignedOption, "1");
        using var unsigned = new InferenceSession(_folder.File("model.onnx"), settings);
        using var usual = OnnxEmotionModel.Load(
            new(_folder.Path, original.Manifest with { Graph = "model.onnx", Precision = "int8", Head = null, Labels = null }), new());
        using var input = OrtValue.CreateTensorValueFromMemory(Sounds.Sentence, [1, Sounds.Sentence.Length]);
        using var run = new RunOptions();

        using var results = unsigned.Run(run, ["waveform"], [input], ["frames"]);

        var expected = usual.Run(Sounds.Sentence, TestContext.Current.CancellationToken);
        System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(
            Rows.Mean(expected.Features.Span, usual.Dimension), Rows.Mean(results[0].GetTensorDataAsSpan<float>(), usual.Dimension))
            .ShouldBeGreaterThan(0.9999f);
    }

    [Fact]
    public void Write_NoGraph_IsRefused()
    {
        File.WriteAllText(_folder.File("model.onnx"), "no graph");
        using var weights = new ExternalWeights(_folder.File("weights.bin"));

        Should.Throw<InvalidDataException>(() => Int8Graph.Write(_folder.File("model.onnx"), weights)).Message.ShouldContain("model.onnx");
    }

    public void Dispose() => _folder.Dispose();

    private static float Cosine(ModelFrames first, ModelFrames second, int dimension) =>
        System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(
            Rows.Mean(first.Features.Span, dimension), Rows.Mean(second.Features.Span, dimension));

    private ModelProto Write(ModelFolder original, int least = Int8Graph.LeastSize)
    {
        using var weights = new ExternalWeights(_folder.File("weights.bin"));
        return Int8Graph.Write(original.PathOf(original.Manifest.Graph), weights, least, ct: TestContext.Current.CancellationToken);
    }

    private void Save(ModelProto model)
    {
        using var file = File.Create(_folder.File("model.onnx"));
        model.WriteTo(file);
    }
}
