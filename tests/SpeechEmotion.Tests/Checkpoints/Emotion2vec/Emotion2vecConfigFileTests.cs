using Shouldly;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Checkpoints.Emotion2vec;

public sealed class Emotion2vecConfigFileTests
{
    private static readonly string TinyPath = Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16", "config.yaml");

    internal static Emotion2vecConfig Tiny() => Emotion2vecConfigFile.Read(TinyPath);

    [Fact]
    public void Read_ReleasedPlusLarge_GivesItsGeometry()
    {
        Assert.SkipWhen(Repository.Shared is null, "needs the released configuration");
        var folder = Path.Combine(Repository.Shared!, "emotion2vec", "plus_large");

        var config = Emotion2vecConfigFile.Read(Path.Combine(folder, "config.yaml"));

        (config.Depth, config.PrenetDepth, config.Layers, config.EmbedDimension, config.Heads).ShouldBe((8, 4, 12, 1024, 16));
        (config.HeadDimension, config.HiddenDimension, config.ExtraTokens, config.NormEpsilon).ShouldBe((64, 4096, 10, 1e-5f));
        (config.PositionDepth, config.PositionKernel, config.PositionGroups).ShouldBe((5, 19, 16));
        (config.UseAlibi, config.AlibiHeads, config.LearnedAlibiScale).ShouldBe((true, 16, true));
        (config.NormAffine, config.LayerNormFirst, config.Normalize, config.HasHead).ShouldBe((true, false, true, true));
        config.AlibiScaleShape.ShouldBe([1, 1, 16, 1, 1]);
        config.ScopeMap.ShouldBe([new("d2v_model.", "")]);
        ConvLayer third = new(512, 3, 2), second = new(512, 2, 2);
        config.ConvLayers.ShouldBe([new(512, 10, 5), third, third, third, third, second, second]);
        var tokens = TokenList.Read(Path.Combine(folder, "tokens.txt"), config.UnknownToken);
        var needed = Emotion2vecTensors.Needed(config, tokens.Count).ToList();
        needed.Count.ShouldBe(185);
        needed.Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size)).ShouldBe(162_140_185);
    }

    [Theory]
    [InlineData("1e-05", 1e-5f)]
    [InlineData("1.0e-05", 1e-5f)]
    [InlineData("0.00001", 1e-5f)]
    public void Read_Floats_AreReadInEveryForm(string text, float expected) =>
        ReadWith("norm_eps: 1.0e-05", $"norm_eps: {text}").NormEpsilon.ShouldBe(expected);

    [Theory]
    [InlineData("model: Emotion2vec", "model: Paraformer", "model")]
    [InlineData("extractor_mode: layer_norm", "extractor_mode: default", "extractor_mode")]
    [InlineData("conv_pos_pre_ln: false", "conv_pos_pre_ln: true", "conv_pos_pre_ln")]
    [InlineData("learned_alibi: false", "learned_alibi: true", "learned_alibi")]
    [InlineData("\n  depth: 2", "\n  depth: 1000000", "depth")]
    [InlineData("\n  depth: 2", "\n  depth: -1", "depth")]
    [InlineData("embed_dim: 64", "embed_dim: 9000000000", "embed_dim")]
    [InlineData("num_heads: 4", "num_heads: 5", "num_heads")]
    [InlineData("num_heads: 4", "num_heads: 0", "num_heads")]
    [InlineData("conv_pos_groups: 16", "conv_pos_groups: 5", "conv_pos_groups")]
    [InlineData("conv_pos_depth: 5", "conv_pos_depth: 0", "conv_pos_depth")]
    [InlineData("mlp_ratio: 4.0", "mlp_ratio: .nan", "mlp_ratio")]
    [InlineData("mlp_ratio: 4.0", "mlp_ratio: 1e300", "mlp_ratio")]
    [InlineData("mlp_ratio: 4.0", "mlp_ratio: 0.001", "mlp_ratio")]
    [InlineData("(32, 10, 5)", "(32, 10, 0)", "feature_encoder_spec")]
    [InlineData("(32, 10, 5)", "(32, 10, 4)", "feature_encoder_spec")]
    [InlineData("(32, 10, 5)", "(32, 11, 5)", "feature_encoder_spec")]
    [InlineData("(32, 10, 5)", "(32, 1024, 1024)", "feature_encoder_spec")]
    [InlineData("num_alibi_heads: 4", "num_alibi_heads: 5", "num_alibi_heads")]
    public void Read_UnsupportedValue_NamesTheKey(string old, string changed, string key)
    {
        var failure = Should.Throw<CheckpointException>(() => ReadWith(old, changed));

        failure.Code.ShouldBeOneOf("checkpoint.unsupported", "checkpoint.bad_config");
        failure.Code.ShouldBe(changed.Contains("nan") ? "checkpoint.bad_config" : "checkpoint.unsupported");
        failure.Message.ShouldContain(key);
        failure.MessageZh.ShouldContain(key);
    }

    [Theory]
    [InlineData("num_extra_tokens: 10", "x: 10", "model_conf.modalities.audio.num_extra_tokens")]
    [InlineData("num_extra_tokens: 10", "num_extra_tokens: ten", "model_conf.modalities.audio.num_extra_tokens")]
    [InlineData("normalize: true", "normalize: maybe", "model_conf.normalize")]
    [InlineData("    audio:", "    video:", "model_conf.modalities.audio")]
    [InlineData("'[(32, 10, 5)]", "'__import__(\"os\")", "feature_encoder_spec")]
    [InlineData("  - none", "", "scope_map")]
    [InlineData("model: Emotion2vec", "", "model")]
    public void Read_MissingOrWrongValue_NamesTheKey(string old, string changed, string key)
    {
        var failure = Should.Throw<CheckpointException>(() => ReadWith(old, changed));

        failure.Code.ShouldBe("checkpoint.bad_config");
        failure.Message.ShouldContain(key);
    }

    private static Emotion2vecConfig ReadWith(string old, string changed)
    {
        var text = File.ReadAllText(TinyPath);
        text.ShouldContain(old);
        using var folder = new TemporaryFolder();
        var path = folder.File("config.yaml");
        File.WriteAllText(path, text.Replace(old, changed));
        return Emotion2vecConfigFile.Read(path);
    }
}
