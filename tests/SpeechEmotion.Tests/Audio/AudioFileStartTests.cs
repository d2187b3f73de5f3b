using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Ffmpeg;
using SpeechEmotion.Audio.SndFile;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

/// <summary>Recordings with an unusual start (cut streams, junk, tags, odd first boxes), and rarer formats.</summary>
public sealed class AudioFileStartTests : IDisposable
{
    private const int Samples = 32000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.mp3", "-write_xing", "0", "-id3v2_version", "0"), InlineData("a.aac", "-c:a", "aac"), InlineData("a.ac3")]
    [InlineData("a.ts", "-c:a", "mp2")]
    [InlineData("a.latm", "-c:a", "aac", "-f", "latm"), InlineData("a.mpg", "-c:a", "mp2"), InlineData("a.mp2")]
    public void Open_StreamCutInAFrame_IsReadFromTheNext(string file, params string[] options)
    {
        var bytes = Encode(file, options);
        ShouldGive(bytes[101..], Samples - 8000, Samples + 4000);
    }

    [Theory]
    [InlineData("a.mp3", "-write_xing", "0", "-id3v2_version", "0"), InlineData("a.aac", "-c:a", "aac"), InlineData("a.ts", "-c:a", "mp2")]
    public void Open_JunkInFront_IsSkipped(string file, params string[] options)
    {
        var bytes = Encode(file, options);
        var noise = new byte[5000];
        new Random(8).NextBytes(noise);
        byte[][] junk = [[.. Enumerable.Repeat("GARBAGE!"u8.ToArray(), 50).SelectMany(b => b)], new byte[30_000], noise];
        foreach (var front in junk)
            ShouldGive([.. front, .. bytes], Samples - 4000, Samples + 4000);
    }

    [Theory]
    [InlineData("a.wav", 0), InlineData("a.mp3", 4000), InlineData("a.flac", 0), InlineData("a.aac", 4000)]
    public void Open_TagsInFront_AreSkipped(string file, int slack)
    {
        var bytes = Encode(file);
        byte[] id3 = [.. "ID3\u0003\0\0\0\0\0\u0028"u8, .. new byte[40]];
        byte[] ape = [.. "APETAGEX"u8, 0xD0, 7, 0, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xA0, .. new byte[8], .. new byte[32]];
        byte[][] tags = [id3, [.. id3, .. id3, .. id3], ape, [.. ape, .. id3]];
        foreach (var front in tags)
            ShouldGive([.. front, .. bytes], Samples - slack, Samples + slack);
    }

    [Theory]
    [InlineData("free"), InlineData("skip"), InlineData("wide"), InlineData("uuid"), InlineData("pnot"), InlineData("styp")]
    [InlineData("PICT")]
    public void Open_Mp4WithAnotherFirstBox_IsRead(string type)
    {
        // The moov box follows the samples, or precedes them.
        foreach (var flags in (string[])["0", "+faststart"])
        {
            var bytes = Encode("a.m4a", "-c:a", "alac", "-movflags", flags);
            System.Text.Encoding.ASCII.GetBytes(type, bytes.AsSpan(4));
            ShouldGive(bytes, Samples, Samples);
        }
    }

    [Theory]
    [InlineData("W64", "a.w64"), InlineData("NIST SPHERE", "a.sph"), InlineData("VOC", "a.voc"), InlineData("WavPack", "a.wv")]
    [InlineData("TTA", "a.tta")]
    [InlineData("MPEG-TS", "a.m2ts", "-c:a", "mp2", "-f", "mpegts", "-mpegts_m2ts_mode", "1")]
    [InlineData("DTS", "a.dts", "-c:a", "dca", "-strict", "-2", "-ar", "48000")]
    [InlineData("NUT", "a.nut"), InlineData("IRCAM", "a.sf", "-f", "ircam"), InlineData("CAF", "a.caf")]
    public void Open_RarerFormat_IsRead(string container, string file, params string[] options)
    {
        var bytes = file switch
        {
            "a.sph" => Sphere(),
            "a.voc" => Sox("a.voc"),
            _ => Encode(file, options),
        };
        File.WriteAllBytes(_folder.File("made"), bytes);
        using var reader = AudioFile.Open(_folder.File("made"), ct: TestContext.Current.CancellationToken);
        reader.Format.Container.ShouldBe(container);
        (reader.ReadAll().Length / (double)reader.Format.SampleRate).ShouldBe(2, 0.2);
    }

    [Fact]
    public void Open_FreeFormatMp3_IsReadByLibsndfile()
    {
        Assert.SkipUnless(SndFileLibrary.IsInstalled, "libsndfile is not installed.");
        var lame = DecoderTools.Find("lame", Environment.GetEnvironmentVariable("PATH") ?? "");
        Assert.SkipWhen(lame is null, "lame is not installed.");
        Encode("a.wav");
        Encoders.Lame("--quiet", "--freeformat", "-b", "640", _folder.File("a.wav"), _folder.File("free.mp3"));
        ShouldGive(File.ReadAllBytes(_folder.File("free.mp3")), Samples, Samples + 4000);
    }

    [Theory]
    [InlineData("a.h264", "-c:v", "libx264"), InlineData("a.m4v", "-c:v", "mpeg4", "-f", "m4v")]
    [InlineData("a.m2v", "-c:v", "mpeg2video", "-f", "mpeg2video")]
    public void Open_VideoWithoutAContainer_IsUnsupported(string file, params string[] options)
    {
        Encoders.Ffmpeg(["-f", "lavfi", "-i", "testsrc=duration=1:size=64x64:rate=25", .. options, _folder.File(file)]);
        Reading.Failure(_folder.File(file)).ShouldBe("audio.unsupported_format");
    }

    private void ShouldGive(byte[] bytes, int least, int most)
    {
        File.WriteAllBytes(_folder.File("made"), bytes);
        using var waveform = new WaveformReader(AudioFile.Open(_folder.File("made"), ct: TestContext.Current.CancellationToken));
        waveform.ReadAll().Length.ShouldBeInRange(least, most);
    }

    private byte[] Encode(string file, params string[] options)
    {
        TestSignal.WriteWav(_folder.File("original.wav"), 16000, 1, 2);
        Encoders.Ffmpeg(["-i", _folder.File("original.wav"), "-vn", .. options, _folder.File(file)]);
        return File.ReadAllBytes(_folder.File(file));
    }

    private byte[] Sox(string file)
    {
        TestSignal.WriteWav(_folder.File("original.wav"), 16000, 1, 2);
        Encoders.Sox(_folder.File("original.wav"), _folder.File(file));
        return File.ReadAllBytes(_folder.File(file));
    }

    private static byte[] Sphere()
    {
        var samples = TestSignal.Samples(16000, 1, 2);
        var data = new byte[samples.Length * 2];
        Buffer.BlockCopy(samples, 0, data, 0, data.Length);
        var header = new byte[1024];
        header.AsSpan().Fill((byte)'\n');
        System.Text.Encoding.ASCII.GetBytes(
            $"NIST_1A\n   1024\nchannel_count -i 1\nsample_count -i {samples.Length}\nsample_rate -i 16000\nsample_n_bytes -i 2\n" +
            "sample_byte_format -s2 01\nsample_coding -s3 pcm\nend_head\n", header);
        return [.. header, .. data];
    }
}
