using Shouldly;
using SpeechEmotion.Quality;
using Xunit;

namespace SpeechEmotion.Tests.Quality;

public sealed class ClippingDetectorTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(8), InlineData(16)]
    public void Share_CoarseStepsOfAnyLoudnessInAnyBlocks_IsThatOfAPlainCount(int channels)
    {
        var random = new Random(channels);
        for (var round = 0; round < 200; round++)
        {
            // Coarse steps with long runs, louder towards the middle: extremes occur, are exceeded and occur again.
            var samples = new float[channels * random.Next(1, 3000)];
            for (var (i, held) = (0, 0f); i < samples.Length; i++)
            {
                held = random.Next(3) == 0
                    ? MathF.Round((random.NextSingle() - 0.5f) * 6) * MathF.Sin(MathF.PI * i / samples.Length) / 3
                    : held;
                samples[i] = MathF.Round(held * 5) / 5;
            }
            for (var channel = 0; channel < channels; channel++)
                Share(samples, channel, channels, random).ShouldBe(Plain([.. samples.Where((_, i) => i % channels == channel)]));
        }
    }

    private static double Share(float[] samples, int channel, int channels, Random random)
    {
        var tops = new ClippingDetector();
        for (var (from, length) = (0, 0); from < samples.Length; from += length)
        {
            length = Math.Min(channels * random.Next(1, 900), samples.Length - from);
            tops.Add(samples.AsSpan(from, length), channel, channels);
        }
        return tops.Share;
    }

    private static double Plain(float[] samples)
    {
        var flat = 0;
        foreach (var extreme in (float[])[Math.Max(0, samples.Max()), Math.Min(0, samples.Min())])
        {
            for (var (i, run) = (0, 0); i <= samples.Length && Math.Abs(extreme) >= 0.1f; i++)
            {
                if (i < samples.Length && samples[i] == extreme)
                {
                    run++;
                    continue;
                }
                flat += run >= 3 ? run : 0;
                run = 0;
            }
        }
        return (double)flat / samples.Length;
    }
}
