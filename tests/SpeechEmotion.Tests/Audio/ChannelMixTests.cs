using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

public sealed class ChannelMixTests
{
    private const int Rate = 16000;

    [Fact]
    public void Guard_UsualStereo_KeepsEverySample()
    {
        float[][] others =
        [
            Sounds.Sentence, Sounds.Call, Sounds.Silence(5), Array.ConvertAll(Sounds.Sentence, sample => sample * -0.3f),
            Delayed(Sounds.Sentence),
        ];
        foreach (var other in others)
        {
            var stereo = Sounds.Stereo(Sounds.Sentence, other);

            var (samples, share) = Read(stereo, 2);

            share.ShouldBe(0);
            samples.ShouldBe(Enumerable.Range(0, stereo.Length / 2).Select(i => (stereo[2 * i] + stereo[(2 * i) + 1]) / 2));
        }
    }

    [Fact]
    public void Guard_ManyChannelsOfWhichOneSounds_KeepsTheAverage()
    {
        var samples = new float[8 * Sounds.Sentence.Length];
        for (var i = 0; i < Sounds.Sentence.Length; i++)
            samples[(8 * i) + 5] = Sounds.Sentence[i];

        Read(samples, 8).Share.ShouldBe(0);
    }

    [Theory]
    [InlineData(16000), InlineData(8000)]
    public void Guard_CancelOnlyInTheMiddle_ReplacesThatAndGoesBack(int rate)
    {
        var sound = Sounds.Join([.. Enumerable.Repeat(Sounds.Sentence, 8)]);
        var quarter = sound.Length / 4;
        var stereo = Sounds.Stereo(sound, [.. sound.Select((sample, i) => i >= quarter && i < 3 * quarter ? -sample : sample)]);

        Read(stereo, 2, rate).Share.ShouldBeInRange(0.25, 0.55);
    }

    [Theory]
    [InlineData(1), InlineData(7), InlineData(4096), InlineData(100_000)]
    public void Guard_BlocksOfAnySize_GivesTheSameSamples(int frames)
    {
        var sound = Sounds.Join(Sounds.Silence(0.4), Sounds.Sentence);
        var stereo = Sounds.Stereo(sound, [.. sound.Select((sample, i) => i > 40_000 ? -sample : sample)]);
        var at = 0;
        using var reader = new WaveformReader(new ForeignReader(Rate, 2, block =>
        {
            var count = Math.Min(Math.Min(frames * 2, block.Length), stereo.Length - at);
            stereo.AsSpan(at, count).CopyTo(block);
            at += count;
            return count;
        }));

        reader.ReadAll().ShouldBe(Read(stereo, 2).Samples);
    }

    [Fact]
    public void Guard_ConstantOffset_DoesNotHideThatChannelsCancel()
    {
        var stereo = Sounds.Stereo(
            [.. Sounds.Sentence.Select(sample => sample + 0.2f)], [.. Sounds.Sentence.Select(sample => 0.2f - sample)]);

        Read(stereo, 2).Share.ShouldBe(1);
    }

    private static float[] Delayed(float[] samples) => Sounds.Join(new float[8], samples[..^8]);

    private static (float[] Samples, double Share) Read(float[] samples, int channels, int rate = Rate)
    {
        using var reader = new WaveformReader(new SampleReader(samples, rate, channels));
        return (reader.ReadAll(), reader.CancelledShare);
    }
}
