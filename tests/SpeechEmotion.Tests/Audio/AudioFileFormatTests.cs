using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

/// <summary>Decodes every supported format, encoded with ffmpeg or sox, and compares the samples with the original.</summary>
public sealed class AudioFileFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("FLAC", "flac", "built-in", "a.flac")]
    [InlineData("OGG", "flac", "ffmpeg", "a.ogg", "-c:a", "flac")]
    [InlineData("AIFF", "pcm_s16", "libsndfile", "a.aiff")]
    [InlineData("AU", "pcm_s16", "libsndfile", "a.au")]
    [InlineData("MP4", "alac", "ffmpeg", "a.m4a", "-c:a", "alac")]
    [InlineData("WebM", "flac", "ffmpeg", "a.mka", "-c:a", "flac")]
    [InlineData("CAF", "pcm_s16le", "ffmpeg", "a.caf", "-c:a", "pcm_s16le")]
    [InlineData("AVI", "pcm_s16le", "ffmpeg", "a.avi", "-c:a", "pcm_s16le")]
    [InlineData("MP4", "pcm_s16le", "ffmpeg", "a.mov", "-c:a", "pcm_s16le")]
    public void Open_LosslessFormat_IsExact(string container, string codec, string decoder, string file, params string[] options)
    {
        var samples = TestSignal.Samples(44100, 2, 0.7);
        using var reader = Open(Encode(44100, 2, 0.7, file, options));
        var format = reader.Format;
        (format.Container, format.Codec, format.Decoder).ShouldBe((container, codec, decoder));
        (format.SampleRate, format.Channels).ShouldBe((44100, 2));
        format.Duration!.Value.TotalSeconds.ShouldBe(0.7, 0.01);
        reader.ReadAll().ShouldBe(TestSignal.Normalized(samples));
    }

    [Theory]
    [InlineData("MP3", "mp3", "built-in", 100, "a.mp3")]
    [InlineData("MP3", "mp3", "built-in", 100, "a.mp3", "-id3v2_version", "0")]
    [InlineData("MP3", "mp2", "built-in", 2000, "a.mp2")]
    [InlineData("OGG", "vorbis", "built-in", 100, "a.ogg", "-c:a", "libvorbis")]
    [InlineData("OGG", "opus", "built-in", 100, "a.opus")]
    [InlineData("OGG", "speex", "ffmpeg", 2000, "a.spx", "-c:a", "libspeex", "-ar", "16000")]
    [InlineData("MP4", "aac", "ffmpeg", 2100, "a.m4a", "-c:a", "aac")]
    [InlineData("MP4", "aac", "ffmpeg", 2100, "a.mp4", "-c:a", "aac", "-movflags", "+faststart")]
    [InlineData("MP4", "aac", "ffmpeg", 2100, "a.3gp", "-c:a", "aac")]
    [InlineData("AAC", "aac", "ffmpeg", 2100, "a.aac", "-c:a", "aac")]
    [InlineData("WMA", "wmav2", "ffmpeg", 6000, "a.wma", "-c:a", "wmav2")]
    [InlineData("WebM", "opus", "ffmpeg", 1000, "a.webm", "-c:a", "libopus")]
    [InlineData("WebM", "vorbis", "ffmpeg", 2100, "a.mkv", "-c:a", "libvorbis")]
    [InlineData("AC-3", "ac3", "ffmpeg", 2000, "a.ac3")]
    [InlineData("E-AC-3", "eac3", "ffmpeg", 2000, "a.eac3")]
    [InlineData("MPEG-TS", "mp2", "ffmpeg", 2100, "a.ts", "-c:a", "mp2")]
    [InlineData("MPEG-PS", "mp2", "ffmpeg", 2100, "a.mpg", "-c:a", "mp2")]
    [InlineData("FLV", "mp3", "ffmpeg", 4000, "a.flv", "-c:a", "libmp3lame", "-ar", "44100")]
    public void Open_LossyFormat_KeepsSignalAndLength(
        string container, string codec, string decoder, int slack, string file, params string[] options)
    {
        using var reader = Open(Encode(48000, 1, 1, file, options));
        var format = reader.Format;
        (format.Container, format.Codec, format.Decoder, format.Channels).ShouldBe((container, codec, decoder, 1));
        using var waveform = new WaveformReader(reader);
        var actual = waveform.ReadAll();
        actual.Length.ShouldBeInRange(16000 - 320, 16000 + 320 + slack);
        using var original = new WaveformReader(Open(_folder.File("original.wav")));
        Reading.SignalToNoise(original.ReadAll(), actual, slack).ShouldBeGreaterThan(codec == "speex" ? 3 : 12);
    }

    [Fact]
    public void Open_Amr_KeepsTheLength()
    {
        // A frame of mode 7 (12.2 kbit/s) has 32 bytes including its header 0x3C, and holds 20 ms of sound.
        var frame = new byte[32];
        new Random(5).NextBytes(frame);
        frame[0] = 0x3C;
        var path = _folder.File("a.amr");
        File.WriteAllBytes(path, [.. "#!AMR\n"u8, .. Enumerable.Repeat(frame, 50).SelectMany(f => f)]);
        using var reader = Open(path);
        (reader.Format.Container, reader.Format.Codec, reader.Format.SampleRate).ShouldBe(("AMR", "amr_nb", 8000));
        reader.ReadAll().Length.ShouldBe(8000);
    }

    [Fact]
    public void Open_VideoWithTwoSoundTracks_TakesTheFirst()
    {
        var path = _folder.File("video.mp4");
        TestSignal.WriteWav(_folder.File("original.wav"), 16000, 1, 1);
        Encoders.Ffmpeg(
            "-f", "lavfi", "-i", "testsrc=duration=1:size=64x64:rate=5", "-i", _folder.File("original.wav"),
            "-f", "lavfi", "-i", "sine=frequency=3000:duration=1",
            "-map", "0:v", "-map", "1:a", "-map", "2:a", "-c:v", "mpeg4", "-c:a", "alac", path);
        Reading.File(path).ShouldBe(TestSignal.Normalized(TestSignal.Samples(16000, 1, 1)));
    }

    [Fact]
    public void Open_VideoWithoutSound_Throws()
    {
        var path = _folder.File("video.mkv");
        Encoders.Ffmpeg("-f", "lavfi", "-i", "testsrc=duration=1:size=64x64:rate=5", "-c:v", "mpeg4", path);
        Reading.Failure(path).ShouldBe("audio.no_audio_track");
    }

    [Theory]
    [InlineData("a.flac", "a.mp3"), InlineData("a.mp3", "a.wav"), InlineData("a.m4a", "a.txt"), InlineData("a.wav", "a.flac")]
    [InlineData("a.ogg", "a")]
    public void Open_WrongName_ReadsTheContent(string encoded, string renamed)
    {
        var path = Encode(16000, 1, 0.5, encoded);
        File.Move(path, _folder.File(renamed + "x"));
        File.Move(_folder.File(renamed + "x"), _folder.File(renamed));
        Reading.File(_folder.File(renamed)).Length.ShouldBeInRange(7900, 11000);
    }

    [Fact]
    public void Open_NameThatLooksLikeAnOption_IsAFile()
    {
        var path = Encode(16000, 1, 0.5, "a.m4a", "-c:a", "alac");
        foreach (var name in (string[])["-i.m4a", "http:x.m4a", "concat:a|b", "%03d.m4a", "a b'\"$(x).m4a", "语音.m4a"])
        {
            File.Copy(path, _folder.File(name));
            Reading.File(_folder.File(name)).Length.ShouldBe(8000);
        }
    }

    [Theory]
    [InlineData("a.wav"), InlineData("a.flac"), InlineData("a.m4a", "-c:a", "alac")]
    public void Open_Stream_ReadsTheSameAndLeavesNoFile(string file, params string[] options)
    {
        // No other test uses a recording of this length.
        var path = Encode(16000, 1, 0.517, file, options);
        using var stream = File.OpenRead(path);
        using (var reader = AudioFile.Open(stream, "upload", ct: TestContext.Current.CancellationToken))
            reader.ReadAll().ShouldBe(TestSignal.Normalized(TestSignal.Samples(16000, 1, 0.517)));
        new DirectoryInfo(Path.GetTempPath()).EnumerateFiles("speech-emotion-*")
            .ShouldNotContain(spooled => spooled.Exists && spooled.Length == stream.Length);
    }

    private static IAudioReader Open(string path) => AudioFile.Open(path, ct: TestContext.Current.CancellationToken);

    private string Encode(int rate, int channels, double seconds, string file, params string[] options)
    {
        var original = TestSignal.WriteWav(_folder.File("original.wav"), rate, channels, seconds);
        Encoders.Ffmpeg(["-i", original, "-vn", .. options, _folder.File(file)]);
        return _folder.File(file);
    }
}
