using Shouldly;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Errors;
using Xunit;

namespace SpeechEmotion.Tests.Audio.Raw;

public sealed class SampleReaderTests
{
    [Fact]
    public void Read_InBlocks_GivesWholeFramesToTheEnd()
    {
        using var reader = new SampleReader(new float[] { 1, 2, 3, 4, 5, 6 }, 16000, 2);
        var block = new float[5];
        reader.Read(block).ShouldBe(4);
        reader.Read(block).ShouldBe(2);
        block[..2].ShouldBe([5f, 6f]);
        reader.Read(block).ShouldBe(0);
        reader.Format.Duration.ShouldBe(TimeSpan.FromSeconds(3 / 16000.0));
    }

    [Theory]
    [InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(float.NegativeInfinity), InlineData(1e30f)]
    public void Constructor_NotFinite_Throws(float bad)
    {
        var samples = new float[1000];
        samples[613] = bad;
        Should.Throw<AudioException>(() => new SampleReader(samples, 16000, 1)).Code.ShouldBe("audio.not_finite");
    }

    [Theory]
    [InlineData(3999, 1, "audio.unsupported_rate"), InlineData(384001, 1, "audio.unsupported_rate")]
    [InlineData(16000, 65, "audio.too_many_channels"), InlineData(16000, 0, "audio.damaged")]
    public void Constructor_OutOfRange_Throws(int rate, int channels, string code) =>
        Should.Throw<AudioException>(() => new SampleReader(new float[65], rate, channels)).Code.ShouldBe(code);

    [Fact]
    public void Constructor_HalfAFrame_Throws() =>
        Should.Throw<ArgumentException>(() => new SampleReader(new float[3], 16000, 2));
}
