using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Outputs;

public sealed class WavWriterTests
{
    private const string ReadWave =
        """
        import sys, wave, struct
        w = wave.open(sys.argv[1])
        n = w.getnframes()
        print(w.getnchannels(), w.getsampwidth(), w.getframerate(), n, *struct.unpack(f'<{n}h', w.readframes(n)))
        """;

    [Fact]
    public void Write_SamplesOutsideRange_AreClamped()
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("a.wav"), [0f, 0.25f, 1f, 7f, -1f, -7f, float.NaN, float.PositiveInfinity, 1f / 32768]);

        Python.Run(ReadWave, [folder.File("a.wav")]).ShouldBe("1 2 16000 9 0 8192 32767 32767 -32768 -32768 0 32767 1");
    }

    [Fact]
    public void Write_EverySixteenBitValue_IsReadBack()
    {
        using var folder = new TemporaryFolder();
        var values = Enumerable.Range(short.MinValue, 65536).ToArray();
        Write(folder.File("a.wav"), Array.ConvertAll(values, v => v / 32768f));

        var bytes = File.ReadAllBytes(folder.File("a.wav"));

        Enumerable.Range(0, 65536).Select(i => (int)BitConverter.ToInt16(bytes, 44 + (2 * i))).ShouldBe(values);
    }

    [Fact]
    public void Finish_RoundingError_IsReportedInDecibels()
    {
        float[] exact = [0.5f, -0.25f, 3f / 32768];
        // An error of a quarter of a step, at an amplitude of 1000 steps: 20 log10(4000).
        float[] rounded = [1000.25f / 32768, -1000.25f / 32768];

        Finish(exact).ShouldBeNull();
        Finish([]).ShouldBeNull();
        Finish(rounded)!.Value.ShouldBe(72.04, 0.01);
        Finish([2f, -2f])!.Value.ShouldBe(6.02, 0.01);
    }

    [Fact]
    public void Finish_NoSamples_IsEmptyWav()
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("a.wav"), []);

        Python.Run(ReadWave, [folder.File("a.wav")]).ShouldBe("1 2 16000 0");
    }

    [Fact]
    public void Write_MoreThanFits_ThrowsTooLarge()
    {
        using var folder = new TemporaryFolder();
        using var wav = new WavWriter(folder.File("a.wav"), maxBody: 20_000);
        wav.Write(new float[10_000]);

        Should.Throw<OutputException>(() => wav.Write(new float[1])).Code.ShouldBe("output.too_large");
    }

    private static double? Finish(float[] samples)
    {
        using var folder = new TemporaryFolder();
        using var wav = new WavWriter(folder.File("a.wav"));
        wav.Write(samples);
        return wav.Finish().RoundingSnr;
    }

    private static void Write(string path, float[] samples)
    {
        using var wav = new WavWriter(path);
        wav.Write(samples.AsSpan(0, samples.Length / 3));
        wav.Write(samples.AsSpan(samples.Length / 3));
        wav.Finish();
    }
}
