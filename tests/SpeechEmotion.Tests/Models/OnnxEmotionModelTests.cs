using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Models;

/// <summary>The reference's numbers, for every kind of checkpoint and every awkward length.</summary>
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
        Largest(frames.Features.Span, golden.Expected("frames")).ShouldBeLessThan(1e-4f);
        Largest(Mean(frames.Features.Span, loaded.Dimension), golden.Expected("utterance")).ShouldBeLessThan(2e-5f);
        if (golden.Labels.Length == 0)
        {
            loaded.Labels.ShouldBeNull();
            return;
        }
        var scores = loaded.Labels!.Score(Mean(frames.Logits.Span, loaded.Labels.Count));
        scores.Select(score => score.Label).ShouldBe(golden.Labels);
        Largest(scores.Select(score => score.Score).ToArray(), golden.Scores).ShouldBeLessThan(1e-5f);
    }

    private static float[] Waveform(GoldenCase golden)
    {
        using var reader = new WaveformReader(AudioFile.Open(golden.AudioPath, ct: TestContext.Current.CancellationToken));
        var samples = new float[golden.Samples + 1];
        var filled = 0;
        for (int read; (read = reader.Read(samples.AsSpan(filled))) > 0;)
            filled += read;
        filled.ShouldBe(golden.Samples);
        return samples[..filled];
    }

    private static float[] Mean(ReadOnlySpan<float> rows, int length)
    {
        var sums = new double[length];
        for (var i = 0; i < rows.Length; i++)
            sums[i % length] += rows[i];
        var count = rows.Length / length;
        return Array.ConvertAll(sums, sum => (float)(sum / count));
    }

    private static float Largest(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        actual.Length.ShouldBe(expected.Length);
        var largest = 0f;
        for (var i = 0; i < actual.Length; i++)
            largest = Math.Max(largest, float.IsNaN(actual[i]) ? float.PositiveInfinity : Math.Abs(actual[i] - expected[i]));
        return largest;
    }
}
