using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Inference;

/// <summary>Reproduces the reference's numbers for every kind of checkpoint and every awkward length.</summary>
public sealed class OnnxEmotionModelTests(ImportedModels models) : IClassFixture<ImportedModels>
{
    public static TheoryData<string, string> Cases() =>
        new(GoldenCase.Emotion2vec.Select(golden => (golden.Model, golden.Audio)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_GoldenCase_GivesTheReferencesNumbers(string model, string audio)
    {
        var golden = GoldenCase.Emotion2vec.Single(one => one.Model == model && one.Audio == audio);
        var loaded = models.Load(golden.ModelDirectory);

        var frames = loaded.Run(Waveform(golden), TestContext.Current.CancellationToken);

        frames.Count.ShouldBe(golden.Frames);
        Rows.LargestDifference(frames.Features.Span, golden.Expected("frames")).ShouldBeLessThan(1e-4f);
        Rows.LargestDifference(Rows.Mean(frames.Features.Span, loaded.Dimension), golden.Expected("utterance")).ShouldBeLessThan(2e-5f);
        if (golden.Labels.Length == 0)
        {
            loaded.Labels.ShouldBeNull();
            return;
        }
        var scores = loaded.Labels!.Score(Rows.Mean(frames.Logits.Span, loaded.Labels.Count));
        scores.Select(score => score.Label).ShouldBe(golden.Labels);
        Rows.LargestDifference(scores.Select(score => score.Score).ToArray(), golden.Scores).ShouldBeLessThan(1e-5f);
    }

    [Fact]
    public void ReleaseMemory_BetweenRuns_ChangesNoNumber()
    {
        var loaded = models.Load(Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16"));
        var before = loaded.Run(Sounds.Sentence, TestContext.Current.CancellationToken);

        loaded.ReleaseMemory();

        loaded.Run(Sounds.Sentence, TestContext.Current.CancellationToken).Features.ToArray().ShouldBe(before.Features.ToArray());
    }

    private static float[] Waveform(GoldenCase golden)
    {
        using var reader = new WaveformReader(AudioFile.Open(golden.AudioPath, ct: TestContext.Current.CancellationToken));
        var samples = reader.ReadAll();
        samples.Length.ShouldBe(golden.Samples);
        return samples;
    }
}
