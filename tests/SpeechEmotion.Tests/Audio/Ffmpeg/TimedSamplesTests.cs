using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio.Ffmpeg;

/// <summary>Sound that starts after the picture, or pauses: the recording keeps the times of its container.</summary>
public sealed class TimedSamplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.mp4", "alac"), InlineData("a.mov", "pcm_s16le"), InlineData("a.mkv", "flac"), InlineData("a.mkv", "pcm_s16le")]
    [InlineData("a.ts", "mp2")]
    public void Read_SoundAfterThePicture_BeginsWithSilence(string file, string codec)
    {
        var path = Late(file, codec, "3");
        using var reader = AudioFile.Open(path, ct: TestContext.Current.CancellationToken);
        var samples = reader.ReadAll();
        (samples.Length / 16000.0).ShouldBe(4, 0.1);
        samples[..47000].ShouldAllBe(sample => sample == 0);
        samples[49000..].Max().ShouldBeGreaterThan(0.1f);
        if (codec != "mp2")
            samples[48000..].ShouldBe(TestSignal.Normalized(TestSignal.Samples(16000, 1, 1)));
        if (reader.Format.Duration is { } duration)
            duration.TotalSeconds.ShouldBeGreaterThan(3.9);
    }

    [Fact]
    public void Read_PauseInWebm_IsSilence()
    {
        Encoders.Ffmpeg("-i", Signal(), "-c:a", "flac", _folder.File("part.mka"));
        File.WriteAllText(_folder.File("list.txt"), "ffconcat version 1.0\nfile part.mka\nduration 60\nfile part.mka\n");
        Encoders.Ffmpeg("-f", "concat", "-safe", "0", "-i", _folder.File("list.txt"), "-c", "copy", _folder.File("gap.mka"));
        var samples = Reading.File(_folder.File("gap.mka"));
        var part = TestSignal.Normalized(TestSignal.Samples(16000, 1, 1));
        samples.Length.ShouldBe(61 * 16000);
        samples[..16000].ShouldBe(part);
        samples[16000..960000].ShouldAllBe(sample => sample == 0);
        samples[960000..].ShouldBe(part);
    }

    [Theory]
    [InlineData("a.m4a", "aac"), InlineData("a.mp4", "aac"), InlineData("a.webm", "libopus"), InlineData("a.mkv", "libvorbis")]
    [InlineData("a.mka", "aac")]
    [InlineData("a.wma", "wmav2"), InlineData("a.flv", "aac"), InlineData("a.ts", "aac"), InlineData("a.mpg", "mp2")]
    [InlineData("a.mov", "pcm_s16le")]
    public void Read_NoPause_GivesTheSameSamplesAsWithoutTimes(string file, string codec)
    {
        foreach (var picture in (bool[])[false, true])
        {
            var path = _folder.File(file);
            string[] video = picture && !(file is "a.webm" or "a.mka" or "a.m4a" or "a.wma")
                ? ["-f", "lavfi", "-i", "testsrc=duration=2:size=64x64:rate=25", "-map", "0:a", "-map", "1:v"]
                : [];
            Encoders.Ffmpeg(["-i", Signal(2), .. video, "-c:a", codec, path]);
            Encoders.Ffmpeg("-i", path, "-map", "0:a:0", "-f", "f32le", _folder.File("plain"));
            var plain = new float[new FileInfo(_folder.File("plain")).Length / sizeof(float)];
            Buffer.BlockCopy(File.ReadAllBytes(_folder.File("plain")), 0, plain, 0, plain.Length * sizeof(float));
            Reading.File(path).ShouldBe(plain);
        }
    }

    [Fact]
    public void Read_AbsurdStart_IsIgnored()
    {
        var path = Late("a.mp4", "alac", "172800");
        var samples = Reading.File(path);
        samples.ShouldBe(TestSignal.Normalized(TestSignal.Samples(16000, 1, 1)));
    }

    [Fact]
    public void Read_StartBeyondTheLimit_IsTooLong()
    {
        var limits = new AudioLimits { MaxDuration = TimeSpan.FromSeconds(2) };
        using var reader = AudioFile.Open(Late("a.mkv", "flac", "1.5"), ct: TestContext.Current.CancellationToken);
        reader.ReadAll().Length.ShouldBe(40000);
        Reading.Failure(_folder.File("a.mkv"), limits).ShouldBe("audio.too_long");
    }

    /// <summary>Writes half a second of picture and one second of sound that starts after <paramref name="seconds"/>.</summary>
    private string Late(string file, string codec, string seconds)
    {
        var path = _folder.File(file);
        Encoders.Ffmpeg(
            "-f", "lavfi", "-i", "testsrc=duration=0.5:size=64x64:rate=5", "-itsoffset", seconds, "-i", Signal(),
            "-map", "0:v", "-map", "1:a", "-c:v", "mpeg4", "-c:a", codec, path);
        return path;
    }

    private string Signal(double seconds = 1) => TestSignal.WriteWav(_folder.File("original.wav"), 16000, 1, seconds);
}
