using System.Buffers.Binary;
using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.SndFile;
using SpeechEmotion.Tests.Support;
using Xunit;
using static SpeechEmotion.Tests.Audio.TestSignal;

namespace SpeechEmotion.Tests.Audio.Wav;

public sealed class WavReaderTests : IDisposable
{
    private static readonly short[] Signal = Samples(8000, 2, 0.5);
    private static readonly byte[] Fmt16 = Chunk("fmt ", Fmt(1, 2, 8000, 4, 16));
    private readonly TemporaryFolder _folder = new();

    private static byte[] Data
    {
        get
        {
            var bytes = new byte[Signal.Length * 2];
            Buffer.BlockCopy(Signal, 0, bytes, 0, bytes.Length);
            return bytes;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pcm_s16le"), InlineData("pcm_s24le"), InlineData("pcm_s32le"), InlineData("pcm_f32le"), InlineData("pcm_f64le")]
    public void Read_LosslessEncoding_IsExact(string codec)
    {
        var path = Encode("-c:a", codec);
        using var reader = AudioFile.Open(path, ct: TestContext.Current.CancellationToken);
        (reader.Format.Codec, reader.Format.Decoder, reader.Format.Channels, reader.Format.SampleRate)
            .ShouldBe((codec, "built-in", 2, 8000));
        reader.Format.Duration.ShouldBe(TimeSpan.FromSeconds(0.5));
        reader.ReadAll().ShouldBe(Normalized(Signal));
    }

    [Theory]
    [InlineData("ms-adpcm"), InlineData("ima-adpcm"), InlineData("u-law"), InlineData("a-law"), InlineData("unsigned-integer")]
    public void Read_LossyEncoding_EqualsLibsndfile(string encoding)
    {
        Assert.SkipUnless(SndFileLibrary.IsInstalled, "libsndfile is not installed.");
        foreach (var channels in (int[])[1, 2])
        {
            var original = WriteWav(_folder.File("original.wav"), 8000, channels, 0.7);
            var path = _folder.File("encoded.wav");
            Encoders.Sox(original, "-e", encoding, path);
            using var reference = SndFileReader.Open(new(path, path, AudioLimits.Default), "WAV");
            using var reader = AudioFile.Open(path, ct: TestContext.Current.CancellationToken);
            reader.Format.Decoder.ShouldBe("built-in");
            var (expected, actual) = (reference.ReadAll(), reader.ReadAll());
            var count = Math.Min(expected.Length, actual.Length);
            count.ShouldBeGreaterThanOrEqualTo(Samples(8000, channels, 0.7).Length);
            actual[..count].ShouldBe(expected[..count]);
            Reading.SignalToNoise(Normalized(Samples(8000, channels, 0.7)), actual, 0).ShouldBeGreaterThan(20);
        }
    }

    [Theory]
    [InlineData("adpcm_ms"), InlineData("adpcm_ima_wav")]
    public void Read_AdpcmOfFfmpeg_KeepsTheSignal(string codec) =>
        Reading.SignalToNoise(Normalized(Signal), Reading.File(Encode("-c:a", codec)), 0).ShouldBeGreaterThan(20);

    [Fact]
    public void Read_Rf64_IsExact() =>
        Reading.File(Encode("-rf64", "always")).ShouldBe(Normalized(Signal));

    [Fact]
    public void Read_WrittenToAPipe_GoesToTheEndOfTheFile()
    {
        foreach (var claimed in (uint[])[0, uint.MaxValue, 0x7FFFFFFF, 0xFFFFF000])
        {
            var bytes = Riff(Fmt16, Chunk("data", Data, claimed));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), uint.MaxValue);
            Reading.File(Write(bytes)).ShouldBe(Normalized(Signal));
        }
    }

    [Fact]
    public void Read_ChunksAroundTheData_AreSkipped()
    {
        var bytes = Riff(
            Chunk("JUNK", new byte[27]), Fmt16, Chunk("LIST", new byte[1001]), Chunk("data", Data), Chunk("LIST", new byte[99]));
        Reading.File(Write(bytes)).ShouldBe(Normalized(Signal));
    }

    [Fact]
    public void Read_TrulyEmptyDataBeforeATag_IsEmpty() =>
        Reading.Failure(Write(Riff(Fmt16, Chunk("data", []), Chunk("LIST", new byte[100])))).ShouldBe("audio.empty");

    [Fact]
    public void Read_EmptyDataBeforeTheSamples_ReadsThem() =>
        Reading.File(Write(Riff(Fmt16, Chunk("data", []), Chunk("LIST", new byte[7]), Chunk("data", Data)))).ShouldBe(Normalized(Signal));

    [Fact]
    public void Read_SizeOfNothingInARiffOfTheRightSize_GoesToTheEndOfTheFile()
    {
        var bytes = Riff(Fmt16, Chunk("data", Data, 0));
        Reading.File(Write(bytes)).ShouldBe(Normalized(Signal));
    }

    [Fact]
    public void Read_SeveralPartsOfSamples_ReadsThemAll()
    {
        var half = Data.Length / 8 * 4;
        Reading.File(Write(Riff(Fmt16, Chunk("data", Data[..half]), Chunk("LIST", new byte[5]), Chunk("data", Data[half..]))))
            .ShouldBe(Normalized(Signal));
        byte[] joined = [.. Riff(Fmt16, Chunk("data", Data)), .. Riff(Fmt16, Chunk("LIST", new byte[6]), Chunk("data", Data))];
        Reading.File(Write(joined)).ShouldBe([.. Normalized(Signal), .. Normalized(Signal)]);
    }

    [Fact]
    public void Read_FormatAfterTheSamples_IsExact() =>
        Reading.File(Write(Riff(Chunk("data", Data), Fmt16))).ShouldBe(Normalized(Signal));

    [Fact]
    public void Read_OddChunkWithoutPadding_IsExact()
    {
        var odd = Chunk("LIST", new byte[27]);
        Reading.File(Write(Riff(odd[..^1], Fmt16, Chunk("data", Data)))).ShouldBe(Normalized(Signal));
    }

    [Fact]
    public void Read_TruncatedAnywhere_GivesTheCompleteFrames()
    {
        var bytes = Riff(Fmt16, Chunk("data", Data));
        for (var length = 44 + 4; length < bytes.Length; length += 97)
            Reading.File(Write(bytes[..length])).ShouldBe(Normalized(Signal[..((length - 44) / 4 * 2)]));
    }

    [Fact]
    public void Read_TwentyFourBitsInFourBytes_StandAtTheTop()
    {
        var fmt = Chunk("fmt ", Fmt(1, 1, 8000, 4, 24));
        Reading.File(Write(Riff(fmt, Chunk("data", [0, 0, 0, 0x40, 0, 0, 0, 0xC0])))).ShouldBe([0.5f, -0.5f]);
    }

    [Fact]
    public void Read_Extensible_TakesTheSubformat()
    {
        byte[] extension = [22, 0, 16, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        var fmt = Chunk("fmt ", Fmt(0xFFFE, 2, 8000, 4, 16, extension));
        Reading.File(Write(Riff(fmt, Chunk("data", Data)))).ShouldBe(Normalized(Signal));
    }

    [Theory]
    [InlineData(1, 0, 16000u, 16, "audio.damaged")]
    [InlineData(1, 65, 16000u, 16, "audio.too_many_channels")]
    [InlineData(1, 65535, 16000u, 16, "audio.too_many_channels")]
    [InlineData(1, 1, 0u, 16, "audio.unsupported_rate")]
    [InlineData(1, 1, 3999u, 16, "audio.unsupported_rate")]
    [InlineData(1, 1, 2147483648u, 16, "audio.unsupported_rate")]
    [InlineData(2, 1, 16000u, 4, "audio.damaged")]
    [InlineData(0x11, 1, 16000u, 4, "audio.damaged")]
    public void Open_ImpossibleFormat_Throws(int tag, int channels, uint rate, int bits, string code) =>
        Reading.Failure(Write(Riff(Chunk("fmt ", Fmt(tag, channels, rate, 2, bits)), Chunk("data", new byte[100])))).ShouldBe(code);

    [Fact]
    public void Open_NoFormatOrNoData_Throws()
    {
        Reading.Failure(Write(Riff(Chunk("data", Data)))).ShouldBe("audio.damaged");
        Reading.Failure(Write(Riff(Fmt16))).ShouldBe("audio.damaged");
        Reading.Failure(Write(Riff(Chunk("fmt ", new byte[3]), Chunk("data", Data)))).ShouldBe("audio.damaged");
        Reading.Failure(Write(Riff([.. Enumerable.Repeat(Chunk("JUNK", []), 100_000)]))).ShouldBe("audio.damaged");
    }

    [Theory]
    [InlineData(float.NaN), InlineData(float.NegativeInfinity), InlineData(1e20f)]
    public void Read_NotFinite_Throws(float bad)
    {
        var data = new byte[4000];
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(2000), bad);
        Reading.Failure(Write(Riff(Chunk("fmt ", Fmt(3, 1, 16000, 4, 32)), Chunk("data", data)))).ShouldBe("audio.not_finite");
    }

    [Fact]
    public void Open_AnotherCodecInside_GoesToFfmpeg()
    {
        var path = Encode("-c:a", "libmp3lame");
        using var reader = AudioFile.Open(path, ct: TestContext.Current.CancellationToken);
        (reader.Format.Decoder, reader.Format.Codec).ShouldBe(("ffmpeg", "mp3"));
        reader.ReadAll().Length.ShouldBeGreaterThan(7000);
    }

    private string Write(byte[] bytes)
    {
        var path = _folder.File("made.wav");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string Encode(params string[] options)
    {
        File.WriteAllBytes(_folder.File("original.wav"), TestSignal.Wav(Signal, 8000, 2));
        var path = _folder.File("encoded.wav");
        Encoders.Ffmpeg(["-i", _folder.File("original.wav"), .. options, path]);
        return path;
    }
}
