using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

public sealed class WaveformReaderTests
{
    public static TheoryData<string> GoldenCases()
    {
        var expected = Path.Combine(Repository.Emotion2vecGolden, "expected", "tiny");
        return
        [
            .. Directory.EnumerateDirectories(expected)
                .Where(d => File.Exists(Path.Combine(d, "wave_16k_mono.npy")))
                .Select(d => Path.GetFileName(d)),
        ];
    }

    [Theory]
    [MemberData(nameof(GoldenCases))]
    public void Read_GoldenRecording_GivesTheReferenceSamples(string name)
    {
        var golden = Repository.Emotion2vecGolden;
        var expected = NpyFile.Read(Path.Combine(golden, "expected", "tiny", name, "wave_16k_mono.npy")).Values;
        using var reader = new WaveformReader(
            AudioFile.Open(Path.Combine(golden, "audio", name + ".wav"), ct: TestContext.Current.CancellationToken));
        var actual = reader.ReadAll();
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i], 1e-6f);
    }

    [Fact]
    public void Read_ManyChannels_AveragesThem()
    {
        using var reader = new WaveformReader(new SampleReader(new float[] { 1, 2, 6, -1, 0, 4 }, 16000, 3));
        reader.ReadAll().ShouldBe([3f, 1f]);
        reader.SourceFrames.ShouldBe(2);
    }

    [Theory]
    [InlineData(1), InlineData(7), InlineData(8), InlineData(1003)]
    public void Read_Stereo_AveragesEveryFrameToTheBit(int frames)
    {
        var random = new Random(frames);
        var samples = Array.ConvertAll(new float[2 * frames], _ => random.Next(4) == 0 ? -0f : (random.NextSingle() * 2) - 1);
        using var reader = new WaveformReader(new SampleReader(samples, 16000, 2));
        reader.ReadAll().Select(BitConverter.SingleToInt32Bits).ShouldBe(
            Enumerable.Range(0, frames).Select(i => BitConverter.SingleToInt32Bits((0f + samples[2 * i] + samples[(2 * i) + 1]) / 2)));
    }

    [Fact]
    public void Read_WithObserver_ShowsEveryDecodedBlockBeforeMixing()
    {
        var samples = TestSignal.Normalized(TestSignal.Samples(8000, 2, 2));
        var seen = new List<float>();
        using var reader = new WaveformReader(new SampleReader(samples, 8000, 2), (block, channels) =>
        {
            channels.ShouldBe(2);
            seen.AddRange(block);
        });
        reader.ReadAll().Length.ShouldBe(32000);
        seen.ShouldBe(samples);
        reader.SourceFrames.ShouldBe(16000);
    }

    [Fact]
    public void Read_ThroughBlocksOfAnySize_GivesTheSameSamples()
    {
        var samples = TestSignal.Normalized(TestSignal.Samples(44100, 2, 1));
        var expected = Read(16000);
        Read(1).ShouldBe(expected);
        Read(5000).ShouldBe(expected);

        float[] Read(int block)
        {
            using var reader = new WaveformReader(new SampleReader(samples, 44100, 2));
            return reader.ReadAll(block);
        }
    }

    [Theory]
    [InlineData(3999, 1, "audio.unsupported_rate"), InlineData(384_001, 1, "audio.unsupported_rate")]
    [InlineData(16000, 65, "audio.too_many_channels"), InlineData(16000, 0, "audio.damaged")]
    public void Constructor_ForeignFormatOutOfRange_ThrowsAndDisposesTheReader(int rate, int channels, string code)
    {
        using var foreign = new ForeignReader(rate, channels, _ => 0);
        Should.Throw<AudioException>(() => new WaveformReader(foreign)).Code.ShouldBe(code);
        foreign.Disposed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(float.NaN), InlineData(float.NegativeInfinity), InlineData(1e30f)]
    public void Read_ForeignSampleNotFinite_Throws(float bad)
    {
        using var reader = new WaveformReader(new ForeignReader(16000, 1, samples =>
        {
            samples.Clear();
            samples[7] = bad;
            return 8;
        }));
        Should.Throw<AudioException>(() => reader.Read(new float[100])).Code.ShouldBe("audio.not_finite");
    }

    [Fact]
    public void Read_ForeignReaderLosesItsFile_IsNotReadable()
    {
        using var reader = new WaveformReader(new ForeignReader(16000, 1, _ => throw new IOException("The disk was removed.")));
        var error = Should.Throw<AudioException>(() => reader.Read(new float[100]));
        error.Code.ShouldBe("audio.not_readable");
        error.InnerException.ShouldBeOfType<IOException>();
    }

    [Fact]
    public void Dispose_Twice_IsHarmless()
    {
        var reader = new WaveformReader(new SampleReader(new float[16], 16000, 1));
        reader.Dispose();
        Should.NotThrow(reader.Dispose);
    }
}
