using System.Text.Json;
using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Audio;
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
        // The index has paths relative to its parent folder.
        var audio = Path.Combine(Path.GetDirectoryName(Root)!, golden.GetProperty("audio").GetString()!);
        if (!File.Exists(audio))
            audio = Path.Combine(Root, golden.GetProperty("audio").GetString()!);
        using var reader = new WaveformReader(AudioFile.Open(audio, ct: TestContext.Current.CancellationToken));
        var samples = reader.ReadAll();
        samples.Length.ShouldBe(golden.GetProperty("samples").GetInt32());

        var frames = CompactModel.Recognizer.Model.Run(samples, TestContext.Current.CancellationToken);

        var expected = NpyFile.Read(Path.Combine(Root, $"{name}.npy"));
        frames.Count.ShouldBe(golden.GetProperty("frames").GetInt32());
        Rows.LargestDifference(frames.Features.Span, expected.Values).ShouldBeLessThan(2e-3f);
        var logits = Rows.Mean(frames.Logits.Span, 9);
        var scores = CompactModel.Recognizer.Model.Labels!.ScoreEmotions(logits);
        for (var k = 0; k < 9; k++)
        {
            logits[k].ShouldBe(golden.GetProperty("logits")[k].GetSingle(), 1e-3f);
            scores.Values[k].ShouldBe(golden.GetProperty("scores")[k].GetSingle(), 1e-5f);
        }
    }

    [Fact]
    public void RunSpeech_ASentence_AppliesTheSecondHeadToTheSameFeatures()
    {
        using var head = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "models", "compact", "speech-head.json")));
        var model = CompactModel.Recognizer.Model;

        var speech = model.RunSpeech(Sounds.Sentence, TestContext.Current.CancellationToken);

        var whole = model.Run(Sounds.Sentence, TestContext.Current.CancellationToken);
        Rows.LargestDifference(speech.Features.Span, whole.Features.Span.ToArray()).ShouldBe(0, 1e-3f);
        Rows.LargestDifference(speech.Logits.Span, whole.Logits.Span.ToArray()).ShouldBeGreaterThan(0.01f);
        var mean = Rows.Mean(speech.Features.Span, model.Dimension);
        var logits = Rows.Mean(speech.Logits.Span, 9);
        for (var k = 0; k < 9; k++)
        {
            var expected = head.RootElement.GetProperty("bias")[k].GetDouble()
                + mean.Select((value, d) => value * head.RootElement.GetProperty("weight")[k][d].GetDouble()).Sum();
            logits[k].ShouldBe((float)expected, 1e-3f);
        }
    }

    [Fact]
    public void Verify_ShippedModel_IsWhole()
    {
        var folder = ModelFolder.Read(Path.Combine(Repository.Root, "models", "compact"));

        folder.Verify(TestContext.Current.CancellationToken).ShouldBeEmpty();
    }
}
