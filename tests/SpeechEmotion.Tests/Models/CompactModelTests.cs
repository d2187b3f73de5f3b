using System.Text.Json;
using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Models;

public sealed class CompactModelTests
{
    private static readonly string Root = Repository.Shared is null
        ? Repository.Golden("compact")
        : Path.Combine(Repository.Shared, "models", "compact", "golden");

    private static readonly JsonDocument Index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "index.json")));

    public static TheoryData<string> Cases() => new(Index.RootElement.EnumerateArray().Select(one => one.GetProperty("name").GetString()!));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_GoldenCase_GivesTheModelsNumbers(string name)
    {
        var golden = Index.RootElement.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        // Paths in the index are relative to the folder above it.
        var audio = Path.Combine(Path.GetDirectoryName(Root)!, golden.GetProperty("audio").GetString()!);
        if (!File.Exists(audio))
            audio = Path.Combine(Root, golden.GetProperty("audio").GetString()!);
        using var reader = new WaveformReader(AudioFile.Open(audio, ct: TestContext.Current.CancellationToken));
        var samples = new float[golden.GetProperty("samples").GetInt32()];
        for (int filled = 0, read; (read = reader.Read(samples.AsSpan(filled))) > 0;)
            filled += read;

        var frames = CompactModel.Recognizer.Model.Run(samples, TestContext.Current.CancellationToken);

        var expected = NpyFile.Read(Path.Combine(Root, $"{name}.npy"));
        frames.Count.ShouldBe(golden.GetProperty("frames").GetInt32());
        frames.Features.Length.ShouldBe(expected.Values.Length);
        for (var i = 0; i < expected.Values.Length; i++)
            Math.Abs(frames.Features.Span[i] - expected.Values[i]).ShouldBeLessThan(2e-3f);
        var logits = new float[9];
        for (var i = 0; i < frames.Logits.Length; i++)
            logits[i % 9] += frames.Logits.Span[i] / frames.Count;
        var scores = CompactModel.Recognizer.Model.Labels!.ScoreEmotions(logits);
        for (var k = 0; k < 9; k++)
        {
            logits[k].ShouldBe(golden.GetProperty("logits")[k].GetSingle(), 1e-3f);
            scores.Values[k].ShouldBe(golden.GetProperty("scores")[k].GetSingle(), 1e-5f);
        }
    }

    [Fact]
    public void Verify_ShippedModel_IsWhole()
    {
        var folder = ModelFolder.Read(Path.Combine(Repository.Root, "models", "compact"));

        folder.Verify(TestContext.Current.CancellationToken).ShouldBeEmpty();
    }
}
