using Shouldly;
using SpeechEmotion.Audio.Resampling;
using Xunit;

namespace SpeechEmotion.Tests.Audio.Resampling;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(4000), InlineData(8000), InlineData(11025), InlineData(44100), InlineData(44101), InlineData(48000), InlineData(383999)]
    public void Read_BlockByBlock_EqualsAtOnce(int rate)
    {
        var input = TestSignal.Normalized(TestSignal.Samples(rate, 1, 0.21));
        var whole = Resample(rate, input, input.Length);
        foreach (var block in (int[])[1, 7, 160, 4096])
            Resample(rate, input, block).ShouldBe(whole);
    }

    [Theory]
    [InlineData(8000, 1, 2), InlineData(44100, 441, 160), InlineData(44101, 44101, 16000), InlineData(384000, 24, 1)]
    [InlineData(4001, 4001, 16000)]
    public void Read_AnyLength_GivesExactlyTheCeiling(int rate, long source, long target)
    {
        foreach (var length in (int[])[0, 1, 2, 399, 4001, 10007])
            Resample(rate, new float[length], 1024).Length.ShouldBe((int)(((length * target) + source - 1) / source));
    }

    [Theory]
    [InlineData(8000), InlineData(44100), InlineData(22050), InlineData(44101)]
    public void Read_Noise_FollowsTheFormula(int rate)
    {
        var random = new Random(7);
        var input = Enumerable.Range(0, rate / 20).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var expected = Formula(rate, input);
        var actual = Resample(rate, input, 512);
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < actual.Length; i++)
            ((double)actual[i]).ShouldBe(expected[i], 1e-6);
    }

    [Fact]
    public void Read_SixteenKilohertz_IsIdentity()
    {
        var input = TestSignal.Normalized(TestSignal.Samples(16000, 1, 0.5));
        Resample(16000, input, 333).ShouldBe(input);
    }

    [Fact]
    public void Read_ToneAboveEightKilohertz_IsSuppressed()
    {
        var input = Enumerable.Range(0, 48000).Select(i => (float)Math.Sin(2 * Math.PI * 12000 * i / 48000)).ToArray();
        Resample(48000, input, 4096)[100..^100].Max(Math.Abs).ShouldBeLessThan(0.01f);
    }

    [Theory]
    [InlineData(3999), InlineData(384001), InlineData(0), InlineData(-16000)]
    public void Constructor_RateOutOfRange_Throws(int rate) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Resampler(rate));

    [Fact]
    public void Write_AfterComplete_Throws()
    {
        var resampler = new Resampler(8000);
        resampler.Complete();
        Should.Throw<InvalidOperationException>(() => resampler.Write([1f]));
    }

    private static float[] Resample(int rate, float[] input, int block)
    {
        var resampler = new Resampler(rate);
        var output = new List<float>();
        var buffer = new float[509];
        for (var i = 0; i < input.Length; i += block)
        {
            resampler.Write(input.AsSpan(i, Math.Min(block, input.Length - i)));
            Drain();
        }
        resampler.Complete();
        Drain();
        return [.. output];

        void Drain()
        {
            for (int read; (read = resampler.Read(buffer)) > 0;)
                output.AddRange(buffer.AsSpan(0, read));
        }
    }

    // The definition, unoptimized: every tap of every phase.
    private static double[] Formula(int rate, float[] input)
    {
        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(rate, 16000);
        int o = rate / divisor, n = 16000 / divisor;
        var cutoff = Math.Min(o, n) * 0.99;
        var width = (int)Math.Ceiling(6 * o / cutoff);
        var output = new double[(((long)input.Length * n) + o - 1) / o];
        for (var k = 0; k < output.Length; k++)
        {
            int round = k / n, phase = k % n;
            for (var i = (round * o) - width; i < (round * o) + width + o; i++)
            {
                if (i < 0 || i >= input.Length)
                    continue;
                var t = Math.Clamp((((double)(i - (round * o)) / o) - ((float)phase / n)) * cutoff, -6, 6);
                var sinc = t == 0 ? 1 : Math.Sin(Math.PI * t) / (Math.PI * t);
                output[k] += (float)(sinc * Math.Pow(Math.Cos(Math.PI * t / 12), 2) * cutoff / o) * (double)input[i];
            }
        }
        return output;
    }
}
