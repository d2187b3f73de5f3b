using System.Text;
using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Ffmpeg;
using SpeechEmotion.Audio.SndFile;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

/// <summary>Reading any file returns samples or fails with a typed error.</summary>
public sealed class AudioFileHostileTests : IDisposable
{
    private static readonly AudioLimits Patient = new() { DecoderTimeout = TimeSpan.FromMinutes(2) };
    private static readonly DecoderTools None = new(SndFile: false, Ffmpeg: null, Ffprobe: null);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.wav"), InlineData("a.wav", "-c:a", "adpcm_ms"), InlineData("a.wav", "-c:a", "adpcm_ima_wav")]
    [InlineData("a.wav", "-rf64", "always")]
    [InlineData("a.flac"), InlineData("a.mp3"), InlineData("a.mp2"), InlineData("a.ogg", "-c:a", "libvorbis"), InlineData("a.opus")]
    public void Read_DamagedFile_GivesSamplesOrATypedFailure(string file, params string[] options) =>
        Damage(file, options, 40, None);

    [Theory]
    [InlineData("a.aiff"), InlineData("a.au")]
    public void Read_DamagedFileForLibsndfile_GivesSamplesOrATypedFailure(string file) =>
        Damage(file, [], 40, DecoderTools.Installed with { Ffmpeg = null });

    [Theory]
    [InlineData("a.m4a"), InlineData("a.aac"), InlineData("a.wma"), InlineData("a.webm"), InlineData("a.ac3"), InlineData("a.caf")]
    [InlineData("a.avi")]
    [InlineData("a.flv", "-ar", "44100"), InlineData("a.ts"), InlineData("a.spx", "-c:a", "libspeex"), InlineData("a.aiff")]
    public void Read_DamagedFileForFfmpeg_GivesSamplesOrATypedFailure(string file, params string[] options) =>
        Damage(file, options, 3, DecoderTools.Installed with { SndFile = false });

    private void Damage(string file, string[] options, int count, DecoderTools tools)
    {
        var original = TestSignal.WriteWav(_folder.File("original.wav"), 16000, 1, 1.3);
        Encoders.Ffmpeg(["-i", original, "-vn", .. options, _folder.File(file)]);
        var bytes = File.ReadAllBytes(_folder.File(file));
        var random = new Random(20240104);
        for (var i = 0; i < count; i++)
        {
            Reading.Failure(Write(bytes[..(int)((long)bytes.Length * i / count)]), Patient, tools).ShouldBeOneOf(Codes);
            // Headers are short, so half of the flips hit the first kilobyte.
            var flipped = (byte[])bytes.Clone();
            for (var flips = 0; flips < 10; flips++)
                flipped[random.Next(flips % 2 == 0 ? Math.Min(1024, bytes.Length) : bytes.Length)] ^= (byte)random.Next(1, 256);
            Reading.Failure(Write(flipped), Patient, tools).ShouldBeOneOf(Codes);
        }
    }

    private static readonly string?[] Codes =
    [
        null, "audio.empty", "audio.unsupported_format", "audio.damaged", "audio.no_audio_track", "audio.too_long",
        "audio.unsupported_rate", "audio.too_many_channels", "audio.not_finite", "audio.decoder_missing", "audio.decoder_failed",
    ];

    [Fact]
    public void Open_MissingFile_Throws()
    {
        Reading.Failure(_folder.File("absent.wav")).ShouldBe("audio.not_found");
        Reading.Failure(_folder.Path).ShouldBe("audio.not_found");
        Reading.Failure(Write([])).ShouldBe("audio.empty");
        Reading.Failure(Write(new byte[10])).ShouldBe("audio.unsupported_format");
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n")]
    [InlineData("ffconcat version 1.0\nfile '/etc/passwd'\n")]
    [InlineData("v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n")]
    [InlineData("[playlist]\nFile1=http://127.0.0.1/\n")]
    [InlineData("<?xml version=\"1.0\"?><MPD></MPD>")]
    [InlineData("This is a text about sound."), InlineData("语音情感识别"), InlineData("ID2"), InlineData("RIFF1234WEBP"), InlineData("{}")]
    public void Open_Text_NeverReachesADecoder(string text)
    {
        var tools = new DecoderTools(SndFile: true, Ffmpeg: "/bin/false", Ffprobe: "/bin/false");
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var path = Write([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
            Code(() => AudioFile.Open(path, AudioLimits.Default, tools, TestContext.Current.CancellationToken))
                .ShouldBe("audio.unsupported_format");
        }
    }

    [Theory]
    [InlineData("ffconcat version 1.0\nfile 'secret.wav'\n")]
    [InlineData("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsecret.wav\n#EXT-X-ENDLIST\n")]
    [InlineData("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 5004 RTP/AVP 0\r\n")]
    [InlineData(
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><AdaptationSet><Representation>"
        + "<BaseURL>secret.wav</BaseURL></Representation></AdaptationSet></Period></MPD>")]
    [InlineData("<smil><body><audio src=\"secret.wav\"/></body></smil>"), InlineData("1\n00:00:00,000 --> 00:00:01,000\nsecret.wav\n")]
    [InlineData("[Script Info]\n[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,,,,0,0,0,,secret.wav\n"), InlineData("secret.wav\n")]
    public void Identify_FileThatLeadsToOthers_IsNoRecording(string text)
    {
        TestSignal.WriteWav(_folder.File("secret.wav"));
        Assert.SkipWhen(DecoderTools.Installed.Ffprobe is null, "ffprobe is not installed.");
        // Calls ffprobe directly, which the library never does for text, in the folder that holds the referenced file.
        foreach (var name in (string[])["made", "made.m3u8", "made.ffconcat", "made.sdp", "made.mpd", "made.srt", "made%01d.wav"])
        {
            File.WriteAllText(_folder.File(name), text);
            var source = new AudioInput(_folder.File(name), name, Patient);
            FfmpegProbe.Identify(DecoderTools.Installed.Ffprobe!, source, TestContext.Current.CancellationToken).ShouldBeNull();
            Reading.Failure(_folder.File(name)).ShouldBe("audio.unsupported_format");
        }
    }

    [Theory]
    [InlineData("%PDF-1.7\n"), InlineData("PK\u0003\u0004"), InlineData("GIF89a"), InlineData("SQLite format 3\0"), InlineData("MZ")]
    [InlineData("BM")]
    public void Open_AnotherKindOfFile_NeverReachesADecoder(string mark)
    {
        var tools = new DecoderTools(SndFile: false, Ffmpeg: "/bin/false", Ffprobe: "/nowhere/ffprobe");
        var rest = new byte[5000];
        new Random(4).NextBytes(rest);
        var path = Write([.. Encoding.Latin1.GetBytes(mark), .. rest]);
        Code(() => AudioFile.Open(path, AudioLimits.Default, tools, TestContext.Current.CancellationToken))
            .ShouldBe("audio.unsupported_format");
    }

    [Fact]
    public void Open_UnknownBytes_AreUnsupported()
    {
        var bytes = new byte[200_000];
        for (var seed = 0; seed < 10; seed++)
        {
            new Random(seed).NextBytes(bytes);
            Reading.Failure(Write(bytes)).ShouldBe("audio.unsupported_format");
        }
    }

    [Fact]
    public void Read_TenHoursInASmallFile_IsTooLong()
    {
        var path = _folder.File("silence.flac");
        Encoders.Ffmpeg(
            "-f", "lavfi", "-i", "anullsrc=r=4000:cl=mono", "-t", "36000", "-compression_level", "0", "-frame_size", "65535", path);
        new FileInfo(path).Length.ShouldBeLessThan(1 << 20);
        Code(() => AudioFile.Open(path, ct: TestContext.Current.CancellationToken)).ShouldBe("audio.too_long");

        // The same file without a length in its header, so that only decoding finds the length.
        var bytes = File.ReadAllBytes(path);
        bytes[21] &= 0xF0;
        bytes.AsSpan(22, 4).Clear();
        File.WriteAllBytes(path, bytes);
        using var reader = AudioFile.Open(path, ct: TestContext.Current.CancellationToken);
        reader.Format.Duration.ShouldBeNull();
        var block = new float[1 << 16];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        long frames = 0;
        var error = Should.Throw<AudioException>(() =>
        {
            for (int read; (read = reader.Read(block)) > 0;)
                frames += read;
        });
        error.Code.ShouldBe("audio.too_long");
        frames.ShouldBeInRange(7 * 3600 * 4000L, 8 * 3600 * 4000L);
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(4 << 20);
    }

    [Theory]
    [InlineData("a.wav"), InlineData("a.flac"), InlineData("a.aac"), InlineData("a.m4a"), InlineData("a.mp3")]
    public void Read_LongerThanTheLimit_Throws(string file)
    {
        var original = TestSignal.WriteWav(_folder.File("original.wav"), 16000, 1, 2);
        Encoders.Ffmpeg("-i", original, _folder.File(file));
        Reading.Failure(_folder.File(file), new() { MaxDuration = TimeSpan.FromSeconds(1.5) }).ShouldBe("audio.too_long");
        Reading.Failure(_folder.File(file), new() { MaxDuration = TimeSpan.FromSeconds(2.5) }).ShouldBeNull();
    }

    [Fact]
    public void Open_StreamOverTheLimit_Throws()
    {
        var wav = TestSignal.Wav(TestSignal.Samples(16000, 1, 1), 16000, 1);
        var limits = new AudioLimits { MaxBytes = wav.Length - 1 };
        using var stream = new MemoryStream(wav);
        Code(() => AudioFile.Open(stream, "upload", limits, TestContext.Current.CancellationToken)).ShouldBe("audio.too_large");
    }

    [Theory]
    [InlineData("a.aiff", "apt-get install libsndfile1"), InlineData("a.m4a", "apt-get install ffmpeg")]
    [InlineData("a.spx", "apt-get install ffmpeg")]
    public void Open_NoDecoderInstalled_NamesWhatToInstall(string file, string command)
    {
        Encoders.Ffmpeg("-i", TestSignal.WriteWav(_folder.File("original.wav")), _folder.File(file));
        var tools = new DecoderTools(SndFile: false, DecoderTools.Find("ffmpeg", ""), DecoderTools.Find("ffprobe", ""));
        var error = Should.Throw<AudioException>(
            () => AudioFile.Open(_folder.File(file), AudioLimits.Default, tools, TestContext.Current.CancellationToken));
        error.Code.ShouldBe("audio.decoder_missing");
        error.Message.ShouldContain(command);
        error.MessageZh.ShouldContain(command);
    }

    [Fact]
    public void Open_EncodingThatLibsndfileDoesNotKnow_NamesFfmpeg()
    {
        Assert.SkipUnless(SndFileLibrary.IsInstalled, "libsndfile is not installed.");
        Encoders.Ffmpeg("-i", TestSignal.WriteWav(_folder.File("original.wav")), _folder.File("a.au"));
        var bytes = File.ReadAllBytes(_folder.File("a.au"));
        bytes[15] = 99;
        var tools = new DecoderTools(SndFile: true, Ffmpeg: null, Ffprobe: null);
        var error = Should.Throw<AudioException>(
            () => AudioFile.Open(Write(bytes), AudioLimits.Default, tools, TestContext.Current.CancellationToken));
        error.Code.ShouldBe("audio.decoder_missing");
        error.Message.ShouldContain("apt-get install ffmpeg");
        error.MessageZh.ShouldContain("apt-get install ffmpeg");
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Read_DecoderKilledWithoutOutput_ReportsIt(bool probing)
    {
        Encoders.Ffmpeg("-i", TestSignal.WriteWav(_folder.File("original.wav")), _folder.File("a.m4a"));
        var killed = Encoders.Script(_folder.File("killed"), "kill -9 $$");
        var tools = DecoderTools.Installed;
        tools = probing ? tools with { Ffprobe = killed } : tools with { Ffmpeg = killed };
        var error = Should.Throw<AudioException>(() =>
        {
            using var reader = AudioFile.Open(
                _folder.File("a.m4a"), AudioLimits.Default, tools, TestContext.Current.CancellationToken);
            reader.ReadAll();
        });
        error.Code.ShouldBe("audio.decoder_failed");
        error.Message.ShouldContain(probing ? "ffprobe ended with status 137" : "ffmpeg ended with status 137");
        error.MessageZh.ShouldContain("137");
    }

    [Fact]
    public void Open_OverTheLimit_ExplainsHowToRaiseIt()
    {
        var limits = new AudioLimits { MaxDuration = TimeSpan.FromSeconds(0.6) };
        var path = TestSignal.WriteWav(_folder.File("original.wav"));
        var error = Should.Throw<AudioException>(() => AudioFile.Open(path, limits, TestContext.Current.CancellationToken));
        foreach (var message in (string[])[error.Message, error.MessageZh])
        {
            message.ShouldContain("0.01");
            message.ShouldContain("--max-hours");
            message.ShouldContain("AudioLimits.MaxDuration");
        }
    }

    [Fact]
    public void Open_WithoutLibsndfile_FallsBackToFfmpeg()
    {
        Encoders.Ffmpeg("-i", TestSignal.WriteWav(_folder.File("original.wav")), _folder.File("a.aiff"));
        var tools = DecoderTools.Installed with { SndFile = false };
        using var reader = AudioFile.Open(_folder.File("a.aiff"), AudioLimits.Default, tools, TestContext.Current.CancellationToken);
        reader.Format.Decoder.ShouldBe("ffmpeg");
        reader.ReadAll().ShouldBe(TestSignal.Normalized(TestSignal.Samples(16000, 1, 1)));
    }

    [Fact]
    public void Read_Cancelled_Throws()
    {
        Encoders.Ffmpeg("-i", TestSignal.WriteWav(_folder.File("original.wav"), 16000, 1, 20), _folder.File("a.m4a"));
        foreach (var file in (string[])["original.wav", "a.m4a"])
        {
            using var cancellation = new CancellationTokenSource();
            using var reader = AudioFile.Open(_folder.File(file), ct: cancellation.Token);
            reader.Read(new float[100]).ShouldBe(100);
            cancellation.Cancel();
            Should.Throw<OperationCanceledException>(() => reader.Read(new float[100]));
        }
    }

    private static string Code(Func<IAudioReader> open) => Should.Throw<AudioException>(() => open().Dispose()).Code;

    private string Write(byte[] bytes)
    {
        File.WriteAllBytes(_folder.File("made"), bytes);
        return _folder.File("made");
    }
}
