using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

/// <summary>Files that consist of several concatenated recordings are decoded to the end.</summary>
public sealed class JoinedReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mp3", 44100), InlineData("mp3", 16000, "-write_xing", "0"), InlineData("mp3", 24000, "-id3v2_version", "0")]
    [InlineData("mp2", 48000)]
    [InlineData("flac", 16000), InlineData("wav", 16000), InlineData("ogg", 16000, "-c:a", "libvorbis")]
    [InlineData("ogg", 44100, "-c:a", "libvorbis"), InlineData("opus", 48000)]
    public void Read_TwoFilesInARow_GivesBothWithoutAGap(string format, int rate, params string[] options)
    {
        var one = Decoding.Encode(_folder, $"one.{format}", rate, 1, 1.3, options);
        var other = Decoding.Encode(_folder, $"other.{format}", rate, 1, 0.9, options);
        float[] expected = [.. Decoding.ReadAlone(one), .. Decoding.ReadAlone(other)];
        using var reader = Decoding.OpenAlone(Decoding.Join(_folder, $"joined.{format}", one, other));
        var actual = reader.ReadAll();
        // Without an encoder's tag nothing marks the start of the second stream, and the decoder continues with its current state.
        if (options.Contains("-write_xing") || format == "mp2")
            actual.Length.ShouldBe(expected.Length);
        else
            actual.ShouldBe(expected);
        reader.Loss.ShouldBeNull();
    }

    [Theory]
    [InlineData("mp3"), InlineData("flac"), InlineData("wav"), InlineData("ogg", "-c:a", "libvorbis")]
    public void Read_PartsOfOtherRatesAndChannels_TakeThoseOfTheFirst(string format, params string[] options)
    {
        string[] parts =
        [
            Decoding.Encode(_folder, $"1.{format}", 16000, 1, 1.5, options), Decoding.Encode(_folder, $"2.{format}", 44100, 2, 1, options),
            Decoding.Encode(_folder, $"3.{format}", 48000, 1, 0.5, options),
        ];
        using var reader = Decoding.OpenAlone(Decoding.Join(_folder, $"joined.{format}", parts));
        (reader.Format.SampleRate, reader.Format.Channels).ShouldBe((16000, 1));
        var actual = reader.ReadAll();
        actual.Length.ShouldBeInRange(48000 - 2, 48000 + 2);
        Reading.SignalToNoise(TestSignal.Normalized(TestSignal.Samples(16000, 1, 0.5)), actual[40000..], 2).ShouldBeGreaterThan(12);
        using var stereo = Decoding.OpenAlone(Decoding.Join(_folder, $"again.{format}", parts[1], parts[0]));
        stereo.ReadAll().Length.ShouldBeInRange(2 * (44100 + 66150 - 2), 2 * (44100 + 66150 + 2));
    }

    [Fact]
    public void Read_VorbisThenOpus_GivesBoth()
    {
        var vorbis = Decoding.Encode(_folder, "1.ogg", 48000, 1, 1, "-c:a", "libvorbis");
        var opus = Decoding.Encode(_folder, "2.opus", 48000, 1, 1);
        Decoding.ReadAlone(Decoding.Join(_folder, "joined.ogg", vorbis, opus))
            .ShouldBe([.. Decoding.ReadAlone(vorbis), .. Decoding.ReadAlone(opus)]);
    }

    [Fact]
    public void Read_TagsAndPaddingBetweenTheParts_AreNoSound()
    {
        var mp3 = Decoding.Encode(_folder, "a.mp3", 16000, 1, 1, "-write_id3v1", "1", "-metadata", "title=x");
        var sound = Decoding.ReadAlone(mp3);
        File.WriteAllBytes(_folder.File("padding"), new byte[5000]);
        using var reader = Decoding.OpenAlone(Decoding.Join(_folder, "joined.mp3", mp3, _folder.File("padding"), mp3));
        reader.ReadAll().ShouldBe([.. sound, .. sound]);
        reader.Format.Duration.ShouldBe(TimeSpan.FromSeconds(2));
        reader.Loss.ShouldBeNull();
    }

    [Fact]
    public void Read_GarbageBetweenTheParts_IsCounted()
    {
        var mp3 = Decoding.Encode(_folder, "a.mp3", 16000, 1, 1);
        var rubbish = new byte[20000];
        new Random(3).NextBytes(rubbish);
        File.WriteAllBytes(_folder.File("rubbish"), rubbish);
        using var reader = Decoding.OpenAlone(Decoding.Join(_folder, "joined.mp3", mp3, _folder.File("rubbish"), mp3));
        reader.ReadAll().Length.ShouldBeInRange(32000, 34000);
        reader.Loss!.Bytes.ShouldBeInRange(19000, 20000);
    }

    [Fact]
    public void Read_SecondStreamOfAnotherKind_IsCounted()
    {
        var opus = Decoding.Encode(_folder, "1.opus", 48000, 1, 1);
        var speex = Decoding.Encode(_folder, "2.spx", 16000, 1, 6, "-c:a", "libspeex");
        using var reader = Decoding.OpenAlone(Decoding.Join(_folder, "joined.ogg", opus, speex));
        reader.ReadAll().Length.ShouldBe(48000);
        reader.Loss!.Bytes.ShouldBeInRange(4097, new FileInfo(speex).Length);
    }

    [Theory]
    [InlineData("a.flac"), InlineData("a.mp3"), InlineData("a.wav")]
    public void Read_FileCutShort_ReportsTheMissingPart(string file)
    {
        var path = Decoding.Encode(_folder, file, 16000, 1, 4);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        using var reader = Decoding.OpenAlone(path);
        var seconds = reader.ReadAll().Length / 16000.0;
        seconds.ShouldBeInRange(1.5, 2.5);
        reader.Loss!.Duration.TotalSeconds.ShouldBe(4 - seconds, 0.15);
    }

    [Fact]
    public void Read_M4aCutShort_ReportsTheMissingPart()
    {
        var path = Decoding.Encode(_folder, "a.m4a", 16000, 1, 8, "-c:a", "alac", "-movflags", "+faststart");
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        using var reader = SpeechEmotion.Audio.AudioFile.Open(path, ct: TestContext.Current.CancellationToken);
        var seconds = reader.ReadAll().Length / 16000.0;
        seconds.ShouldBeInRange(1, 7);
        reader.Loss!.Duration.TotalSeconds.ShouldBe(8 - seconds, 0.3);
    }
}
