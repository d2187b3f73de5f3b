using Shouldly;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Quality;

public sealed class SoundMeterClippingTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(0.11)]
    public void Notes_OverdrivenAndTurnedDown_IsClipping(float gain)
    {
        var clip = Array.ConvertAll(Clip.Recorded(Clip.Tone(2, 200, 1.4)), x => x * gain);

        var note = Notes(clip, 1).ShouldHaveSingleItem();

        note.Reason.ShouldBe(QualityReason.Clipping);
        note.Value.ShouldBe(49, 3); // |1.4 sin| > 1 for half of the time
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.11)]
    public void Notes_ToneAtFullScaleOrTurnedDown_IsNotClipping(double amplitude) =>
        Notes(Clip.Recorded(Clip.Tone(2, 200, amplitude)), 1).ShouldBeEmpty();

    [Theory]
    [InlineData(11, true)]
    [InlineData(9, false)]
    public void Notes_FewClippedPeaks_CountFromOnePerThousand(int runs, bool clipped)
    {
        var clip = Clip.Noise(30_000.0 / Clip.SampleRate, -20);
        for (var run = 0; run < runs; run++)
            clip.AsSpan(1000 + (run * 2000), 3).Fill(0.9f);

        Notes(clip, 1).Select(note => note.Reason).ShouldBe(clipped ? [QualityReason.Clipping] : []);
    }

    [Fact]
    public void Notes_RunsBelowTheExtreme_AreNotClipping()
    {
        var clip = Clip.Noise(2, -20);
        for (var start = 0; start < 30_000; start += 100)
            clip.AsSpan(start, 5).Fill(0.9f);
        clip[^1] = 0.95f;

        Notes(clip, 1).ShouldBeEmpty();
    }

    [Fact]
    public void Notes_OneOfTwoChannelsOverdriven_IsClipping()
    {
        var good = Clip.Tone(2, 200, 0.5);
        var bad = Clip.Recorded(Clip.Tone(2, 200, 1.4));
        float[] stereo = [.. good.Zip(bad).SelectMany(pair => new[] { pair.First, pair.Second })];

        Notes(stereo, 2).ShouldHaveSingleItem().Reason.ShouldBe(QualityReason.Clipping);
    }

    [Fact]
    public void AddDecoded_ChannelsChange_Throws()
    {
        var meter = new SoundMeter();
        meter.AddDecoded(new float[4], 2);

        Should.Throw<ArgumentException>(() => meter.AddDecoded(new float[4], 1));
        Should.Throw<ArgumentException>(() => meter.AddDecoded(new float[3], 2));
    }

    private static IReadOnlyList<QualityNote> Notes(float[] decoded, int channels)
    {
        var meter = new SoundMeter();
        meter.AddDecoded(decoded, channels);
        meter.AddWaveform(Clip.Noise(2, -20));
        return meter.Notes(null, 44_100);
    }
}
