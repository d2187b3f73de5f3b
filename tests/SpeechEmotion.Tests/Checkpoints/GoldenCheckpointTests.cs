using Shouldly;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Checkpoints.Torch;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Checkpoints;

public sealed class GoldenCheckpointTests
{
    private const string Audio = "modality_encoders.AUDIO.";
    private const string Qkv = Audio + "context_encoder.blocks.0.attn.qkv.weight";

    public static TheoryData<string> Models() =>
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Emotion2vecGolden, "models")).Select(model => Path.GetFileName(model)!)];

    [Theory]
    [MemberData(nameof(Models))]
    public void CheckAll_GoldenModel_FindsEveryTensor(string model)
    {
        var folder = FunAsrFolder.Open(Folder(model));
        using var checkpoint = TorchCheckpoint.Open(folder.CheckpointPath);
        var weights = new Emotion2vecWeights(checkpoint, folder.Config);

        weights.CheckAll(folder.Tokens?.Count ?? 0);

        weights.Contains("proj.weight").ShouldBe(model != "tiny-base");
        foreach (var (key, shape) in Emotion2vecTensors.Needed(folder.Config, folder.Tokens?.Count ?? 0))
        {
            var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
            weights.Read(key, shape, values);
            values.ShouldAllBe(value => float.IsFinite(value));
            values.ShouldContain(value => value != 0);
        }
    }

    // Values and index-weighted means as read by torch.
    [Theory]
    [InlineData("tiny-base", Qkv, new long[] { 192, 64 }, -0.165105998f, -0.043066643f, 14.828468070425139)]
    [InlineData("tiny-base", Audio + "alibi_scale", new long[] { 1, 1, 4, 1, 1 }, 1.1288871765f, 0.1240822672f, 0.2647824287414551)]
    [InlineData("tiny-f16", "proj.bias", new long[] { 9 }, -0.096191406f, 0.6284179687f, 0.8280300564236112)]
    [InlineData("tiny-f16", Qkv, new long[] { 192, 64 }, 0.0309295654f, -0.052337646f, 10.45961594162994)]
    [InlineData("tiny-flat", "proj.bias", new long[] { 9 }, -0.245685368f, 0.2514173090f, 0.6452380951700939)]
    [InlineData("tiny-flat", "proj.weight", new long[] { 9, 64 }, -0.291766375f, -0.073376692f, 0.7859383898654231)]
    [InlineData("tiny-flat", Qkv, new long[] { 192, 64 }, -0.069097861f, 0.0016443297f, -11.162156555101525)]
    [InlineData("tiny-flat", "blocks.1.mlp.fc1.bias", new long[] { 256 }, 0.1055420264f, -0.118881367f, 1.619204319241362)]
    [InlineData("tiny-h6", Audio + "alibi_scale", new long[] { 4, 1, 6, 1, 1 }, 1.0295351743f, 0.7668631076f, 9.233445703983307)]
    [InlineData("tiny-h6post", "proj.weight", new long[] { 9, 48 }, -0.164165690f, -0.097601041f, -0.7556186191258247)]
    [InlineData("tiny-h6post", Qkv, new long[] { 144, 48 }, 0.0291249286f, -0.039239607f, -1.5685091959163733)]
    [InlineData("tiny-h6sub", Audio + "alibi_scale", new long[] { 4, 1, 1, 1, 1 }, 1.4375240802f, 0.4517683386f, 1.385970562696457)]
    [InlineData("tiny-optim", "proj.weight", new long[] { 9, 32 }, -0.268008321f, 0.2470073550f, -0.39473607879780404)]
    [InlineData("tiny-optim", "blocks.1.mlp.fc1.bias", new long[] { 128 }, -0.100586466f, -0.023370193f, 0.6553663016075006)]
    public void Read_GoldenTensor_IsWhatTorchReads(string model, string key, long[] shape, float first, float seventySeventh, double mean)
    {
        var folder = FunAsrFolder.Open(Path.Combine(Repository.Golden("emotion2vec"), "models", model));
        using var checkpoint = TorchCheckpoint.Open(folder.CheckpointPath);
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];

        new Emotion2vecWeights(checkpoint, folder.Config).Read(key, shape, values);

        values[0].ShouldBe(first, 1e-7f);
        values[Math.Min(77, values.Length - 1)].ShouldBe(seventySeventh, 1e-7f);
        (values.Select((value, i) => (double)value * (i + 1)).Sum() / values.Length).ShouldBe(mean, 1e-10);
    }

    [Theory]
    [InlineData("tiny-nodec", 0)]
    [InlineData("tiny-legacy", 0)]
    [InlineData("tiny-f16", 1.0 / 2048)]
    [InlineData("tiny-bf16", 1.0 / 256)]
    public void Read_SameWeightsInAnotherFile_AreTheSameWithinRounding(string model, double relative)
    {
        Assert.SkipWhen(Repository.Shared is null, "needs all golden models");
        using var tiny = TorchCheckpoint.Open(Path.Combine(Folder("tiny"), "model.pt"));
        using var other = TorchCheckpoint.Open(Path.Combine(Folder(model), "model.pt"));

        other.Tensors.Count.ShouldBe(model == "tiny-nodec" ? 89 : 95);
        foreach (var name in other.Tensors.Keys)
        {
            var (expected, found) = (tiny.Read(name), other.Read(name));
            // The last term covers halves below the smallest normal number.
            for (var i = 0; i < expected.Length; i++)
            {
                var allowed = (float)(Math.Abs(expected[i]) * relative + relative * 1e-4);
                Math.Abs(found[i] - expected[i]).ShouldBeLessThanOrEqualTo(allowed, $"{name}[{i}]");
            }
        }
    }

    [Fact]
    public void Open_OptimizerState_IsNotAmongTheTensors()
    {
        using var checkpoint = TorchCheckpoint.Open(Path.Combine(Folder("tiny-optim"), "model.pt"));

        checkpoint.Tensors.Count.ShouldBe(89);
        checkpoint.Tensors.Keys.ShouldAllBe(name => name.StartsWith("d2v_model.") || name.StartsWith("proj."));
    }

    private static string Folder(string model) => Path.Combine(Repository.Emotion2vecGolden, "models", model);
}
