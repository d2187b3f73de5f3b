using Shouldly;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Quality;

public sealed class SoundMeterTests
{
    [Theory]
    [InlineData(-71.0, true)]
    [InlineData(-69.0, false)]
    public void Notes_LevelAtTheGate_IsSilenceBelowIt(double level, bool silent) =>
        Reasons(Clip.Noise(2, level)).Contains(QualityReason.Silence).ShouldBe(silent);

    [Fact]
    public void Notes_DigitalSilenceOrNothing_IsOnlySilence()
    {
        Reasons(Clip.Silence(2)).ShouldBe([QualityReason.Silence]);
        Reasons([]).ShouldBe([QualityReason.Silence]);
        Reasons(Clip.Silence(0.1), sourceSampleRate: 8000).ShouldBe([QualityReason.Silence]);
    }

    [Fact]
    public void Notes_ConstantOffset_IsSilence() =>
        Reasons([.. Enumerable.Repeat(0.25f, 32_000)]).ShouldBe([QualityReason.Silence]);

    [Fact]
    public void Notes_SamplesThatAreNotNumbers_AreSilence() =>
        Reasons([.. Enumerable.Repeat(float.NaN, 32_000)]).ShouldBe([QualityReason.Silence]);

    [Theory]
    [InlineData(0.48, true)]
    [InlineData(0.50, false)]
    public void Notes_SoundBetweenPauses_IsTooShortBelowHalfASecond(double seconds, bool tooShort)
    {
        float[] clip = [.. Clip.Silence(1), .. Clip.Noise(seconds, -20), .. Clip.Silence(1)];

        Reasons(clip).ShouldBe(tooShort ? [QualityReason.TooShort] : []);
    }

    [Theory]
    [InlineData(-31.5, true)]
    [InlineData(-28.5, false)]
    public void Notes_QuietBackground_CountsAsPause(double below, bool tooShort)
    {
        float[] clip = [.. Clip.Noise(2, -20 + below), .. Clip.Noise(0.4, -20)];

        Reasons(clip).ShouldBe(tooShort ? [QualityReason.TooShort] : []);
    }

    [Fact]
    public void Notes_OneLoudClick_DoesNotMakeTheRestAPause()
    {
        var clip = Clip.Noise(2, -45);
        clip[16_000] = 1;

        Reasons(clip).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-55.5, true)]
    [InlineData(-54.5, false)]
    public void Notes_QuietSound_IsLowLevel(double level, bool low) =>
        Reasons(Clip.Noise(2, level)).ShouldBe(low ? [QualityReason.LowLevel] : []);

    [Theory]
    [InlineData(-75.0, true)]
    [InlineData(-65.0, false)]
    public void Notes_ToneWithLittleNoise_IsBandLimited(double noiseLevel, bool limited)
    {
        // 3/8 of white noise is above 5 kHz: 4 dB below its total level; the tone has -20 dBFS.
        var clip = Clip.Mix(Clip.Tone(2, 1000, 0.1 * Math.Sqrt(2)), Clip.Noise(2, noiseLevel));

        Reasons(clip).ShouldBe(limited ? [QualityReason.BandLimited] : []);
    }

    [Theory]
    [InlineData(8000, true)]
    [InlineData(8001, false)]
    public void Notes_SampleRateOfTheTelephone_IsBandLimited(int sampleRate, bool limited) =>
        Reasons(Clip.Noise(2, -20), sampleRate).ShouldBe(limited ? [QualityReason.BandLimited] : []);

    [Theory]
    [InlineData(4000, true)]
    [InlineData(4450, true)]
    [InlineData(5050, false)]
    [InlineData(7900, false)]
    public void Notes_Tone_IsBandLimitedBelowTheCutOff(double frequency, bool limited) =>
        Reasons(Clip.Tone(2, frequency, 0.1)).ShouldBe(limited ? [QualityReason.BandLimited] : []);

    [Theory]
    [InlineData(0.499f, true)]
    [InlineData(0.501f, false)]
    public void Notes_TopScore_IsLowConfidenceBelowHalf(float top, bool low)
    {
        var notes = Meter(Clip.Noise(2, -20)).Notes(new([top, 1 - top, 0, 0, 0, 0, 0, 0, 0]), Clip.SampleRate);

        // The second score is the highest one if the first is below one half.
        notes.ShouldBeEmpty();
        var shared = Meter(Clip.Noise(2, -20)).Notes(new([top, 0.3f, 0.7f - top, 0, 0, 0, 0, 0, 0]), Clip.SampleRate);
        shared.Select(note => note.Reason).ShouldBe(low ? [QualityReason.LowConfidence] : []);
    }

    [Fact]
    public void Notes_Texts_NameTheMeasurement()
    {
        var note = Meter(Clip.Noise(2, -60)).Notes(null, Clip.SampleRate).ShouldHaveSingleItem();

        note.Value.ShouldBe(-60.0, 0.1);
        note.Text.ShouldContain("-60.0 dBFS");
        note.TextZh.ShouldContain("-60.0 dBFS");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(319)]
    [InlineData(4000)]
    public void Notes_OtherSplit_SameNotes(int length)
    {
        var clip = Clip.Recorded([.. Clip.Noise(0.3, -58), .. Clip.Tone(0.1013, 900, 3), .. Clip.Silence(0.5)]);
        var whole = new SoundMeter();
        whole.AddDecoded(clip, 1);
        whole.AddWaveform(clip);
        var split = new SoundMeter();
        foreach (var part in clip.Chunk(length))
        {
            split.AddDecoded(part, 1);
            split.AddWaveform(part);
        }

        whole.Notes(null, Clip.SampleRate).Select(note => note.Reason).ShouldBe([QualityReason.TooShort, QualityReason.Clipping]);
        split.Notes(null, Clip.SampleRate).ShouldBe(whole.Notes(null, Clip.SampleRate));
    }

    private static SoundMeter Meter(float[] clip)
    {
        var meter = new SoundMeter();
        meter.AddWaveform(clip);
        return meter;
    }

    private static QualityReason[] Reasons(float[] clip, int sourceSampleRate = Clip.SampleRate) =>
        [.. Meter(clip).Notes(null, sourceSampleRate).Select(note => note.Reason)];
}
