using Shouldly;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Checkpoints.Torch;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Checkpoints.Emotion2vec;

public sealed class Emotion2vecWeightsTests
{
    private static readonly Emotion2vecConfig Tiny = Emotion2vecConfigFileTests.Tiny();

    [Theory]
    [InlineData(new[] { "k" }, 0)]
    [InlineData(new[] { "k", "d2v_model.k" }, 1)]
    [InlineData(new[] { "module.k", "d2v_model.k", "k" }, 0)]
    [InlineData(new[] { "d2v_model.k", "k" }, 0)]
    public void Read_Prefixes_ModuleWinsOverD2vOverBare(string[] names, int winner)
    {
        foreach (var scopeMap in (ScopePair[][])[[], [new("d2v_model.", "")]])
            Read(Tiny with { ScopeMap = scopeMap }, "k", [1], names).ShouldBe([winner]);
    }

    [Fact]
    public void Read_ScopePairWithDestination_ReplacesThePrefix() =>
        Read(Tiny with { ScopeMap = [new("encoder.", "blocks.")] }, "blocks.0.k", [1], "encoder.0.k").ShouldBe([0]);

    [Fact]
    public void Read_LaterScopePair_Wins() =>
        Read(Tiny with { ScopeMap = [new("a.", ""), new("b.", "")] }, "k", [1], "b.k", "a.k").ShouldBe([0]);

    [Fact]
    public void Read_AlibiScaleOfRankFour_HasALayerDimensionPutInFront()
    {
        using var folder = new TemporaryFolder();
        using var checkpoint = Open(folder, [1, 2, 1, 1], Emotion2vecTensors.AlibiScale);
        var weights = new Emotion2vecWeights(checkpoint, Tiny);
        var values = new float[2];

        weights.Read(Emotion2vecTensors.AlibiScale, [1, 1, 2, 1, 1], values);

        values.ShouldBe([0, 1]);
    }

    [Fact]
    public void Read_OtherShape_NamesTensorAndBothShapes()
    {
        var failure = Should.Throw<CheckpointException>(() => Read(Tiny, "proj.bias", [9], "proj.bias"));

        failure.Code.ShouldBe("checkpoint.misshapen_tensor");
        failure.Message.ShouldContain("proj.bias has the shape [1]");
        failure.Message.ShouldContain("[9]");
        failure.Message.ShouldContain("model.pt");
    }

    [Fact]
    public void CheckAll_HeadOfAnotherSize_IsMisshapen()
    {
        using var checkpoint = TorchCheckpoint.Open(
            Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16", "model.pt"));

        var failure = Should.Throw<CheckpointException>(() => new Emotion2vecWeights(checkpoint, Tiny).CheckAll(10));

        failure.Code.ShouldBe("checkpoint.misshapen_tensor");
        failure.Message.ShouldContain("proj.weight has the shape [9, 64]");
    }

    [Fact]
    public void CheckAll_NoHead_IsMissing()
    {
        using var checkpoint = TorchCheckpoint.Open(
            Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-base", "model.pt"));
        var weights = new Emotion2vecWeights(checkpoint, Tiny);

        weights.CheckAll(0);
        var failure = Should.Throw<CheckpointException>(() => weights.CheckAll(9));

        failure.Code.ShouldBe("checkpoint.missing_tensor");
        failure.Message.ShouldContain("proj.weight");
    }

    private static float[] Read(Emotion2vecConfig config, string key, long[] shape, params string[] names)
    {
        using var folder = new TemporaryFolder();
        using var checkpoint = Open(folder, [1], names);
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        new Emotion2vecWeights(checkpoint, config).Read(key, shape, values);
        return values;
    }

    // Each tensor's elements count up from its index in the list.
    private static TorchCheckpoint Open(TemporaryFolder folder, long[] shape, params string[] names)
    {
        var pickle = PickleWriter.Protocol2().OrderedDict();
        for (var i = 0; i < names.Length; i++)
            pickle.Text(names[i]).Tensor("FloatStorage", "0", 8, i, shape, [.. shape.Select(_ => 1L)]).Raw('s');
        var path = folder.File("model.pt");
        File.WriteAllBytes(path, ZipWriter.Checkpoint(pickle.Stop(), ("0", CheckpointFile.Floats(0, 1, 2, 3, 4, 5, 6, 7))));
        return TorchCheckpoint.Open(path);
    }
}
