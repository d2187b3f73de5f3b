using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Inference;

public sealed class OnnxEmotionModelFailureTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("model.onnx", 0)]
    [InlineData("model.onnx", 1000)]
    [InlineData("weights.bin", 0)]
    [InlineData("model.json", 20)]
    public void Load_TruncatedFile_IsDamaged(string file, int length)
    {
        var folder = Import();
        using (var stream = File.OpenWrite(folder.PathOf(file)))
            stream.SetLength(length);

        Should.Throw<ModelException>(() => OnnxEmotionModel.Load(ModelFolder.Read(folder.Directory), new()).Dispose())
            .Code.ShouldBe("model.damaged");
    }

    [Fact]
    public void Load_ManifestThatLeadsOut_IsDamaged()
    {
        var folder = Import();
        var manifest = folder.PathOf("model.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"weights.bin\"", "\"../weights.bin\""));

        Should.Throw<ModelException>(() => ModelFolder.Read(folder.Directory)).Code.ShouldBe("model.damaged");
    }

    [Fact]
    public void Load_MappedAndPackedWeights_GiveTheSame()
    {
        var folder = Import();
        using var packed = OnnxEmotionModel.Load(folder, new());
        using var mapped = OnnxEmotionModel.Load(folder, new() { MapWeights = true });
        var clip = Some.Noise(2);

        var difference = packed.Run(clip, Ct).Features.ToArray()
            .Zip(mapped.Run(clip, Ct).Features.ToArray(), (a, b) => Math.Abs(a - b))
            .Max();

        difference.ShouldBeLessThan(2e-5f);
    }

    [Fact]
    public async Task Run_CancelledWhileComputing_EndsTheComputation()
    {
        using var cancel = new CancellationTokenSource();
        var clip = Some.Noise(29);
        var model = CompactModel.Recognizer.Model;
        var running = Task.Run(
            () =>
            {
                for (var i = 0; i < 1000; i++)
                    model.Run(clip, cancel.Token);
            }, Ct);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running.WaitAsync(TimeSpan.FromMinutes(2), Ct));
    }

    [Fact]
    public void Run_LessThanOneFrame_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => CompactModel.Recognizer.Model.Run(new float[399], Ct));

    public void Dispose() => _home.Dispose();

    private ModelFolder Import() =>
        new ModelStore(_home.Path).Import(Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16"), ct: Ct);
}
