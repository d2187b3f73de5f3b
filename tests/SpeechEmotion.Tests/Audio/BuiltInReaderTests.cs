using System.Xml.Linq;
using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

/// <summary>Compares the library's own decoders with ffmpeg: same samples, same sample count.</summary>
public sealed class BuiltInReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.flac", 16000, 1, 130), InlineData("a.flac", 44100, 2, 130, "-compression_level", "12")]
    [InlineData("a.flac", 8000, 1, 130, "-compression_level", "0")]
    [InlineData("a.flac", 48000, 2, 130, "-sample_fmt", "s32", "-bits_per_raw_sample", "24"), InlineData("a.flac", 96000, 1, 130)]
    [InlineData("a.mp3", 16000, 1, 100, "-b:a", "32k"), InlineData("a.mp3", 44100, 2, 70, "-q:a", "2")]
    [InlineData("a.mp3", 48000, 2, 100, "-b:a", "320k")]
    [InlineData("a.mp3", 11025, 1, 100), InlineData("a.mp3", 12000, 1, 100), InlineData("a.mp3", 22050, 2, 70)]
    [InlineData("a.mp3", 24000, 1, 100)]
    [InlineData("a.mp3", 32000, 1, 100), InlineData("a.mp3", 44100, 1, 100, "-write_xing", "0"), InlineData("a.mp2", 48000, 2, 70)]
    [InlineData("a.mp2", 16000, 1, 70)]
    [InlineData("a.ogg", 16000, 1, 100, "-c:a", "libvorbis"), InlineData("a.ogg", 44100, 2, 100, "-c:a", "libvorbis", "-q:a", "8")]
    [InlineData("a.ogg", 8000, 1, 100, "-c:a", "libvorbis"), InlineData("a.ogg", 48000, 2, 100, "-c:a", "libvorbis", "-q:a", "0")]
    [InlineData("a.opus", 48000, 2, 60), InlineData("a.opus", 16000, 1, 60, "-b:a", "16k")]
    [InlineData("a.opus", 48000, 1, 60, "-frame_duration", "60")]
    [InlineData("a.opus", 48000, 1, 60, "-application", "lowdelay", "-frame_duration", "2.5")]
    public void Read_WithoutAnythingInstalled_GivesWhatFfmpegGives(
        string file, int rate, int channels, double decibel, params string[] options)
    {
        var path = Decoding.Encode(_folder, file, rate, channels, 2.717, options);
        using var reader = Decoding.OpenAlone(path);
        reader.Format.Decoder.ShouldBe("built-in");
        reader.Format.Channels.ShouldBe(channels);
        var actual = reader.ReadAll();
        var expected = Decoding.ReadByFfmpeg(_folder, path);
        actual.Length.ShouldBe(expected.Length);
        Reading.SignalToNoise(expected, actual, 0).ShouldBeGreaterThan(decibel);
        reader.Format.Duration!.Value.TotalSeconds.ShouldBe((double)actual.Length / channels / reader.Format.SampleRate, 0.0001);
        reader.Loss.ShouldBeNull();
    }

    [Theory]
    [InlineData("a.flac"), InlineData("a.ogg", "-c:a", "libvorbis"), InlineData("a.opus")]
    public void Read_SixChannels_GivesThemAll(string file, params string[] options)
    {
        var path = Decoding.Encode(_folder, file, 48000, 1, 1, ["-ac", "6", .. options]);
        using var reader = Decoding.OpenAlone(path);
        reader.Format.Channels.ShouldBe(6);
        reader.ReadAll().Length.ShouldBe(6 * 48000);
    }

    [Fact]
    public void Open_Mp3OfEightKilohertz_UsesAnotherDecoder()
    {
        var path = Decoding.Encode(_folder, "a.mp3", 8000, 1, 1);
        using (var reader = AudioFile.Open(path, ct: TestContext.Current.CancellationToken))
        {
            reader.Format.Decoder.ShouldNotBe("built-in");
            Reading.SignalToNoise(Decoding.ReadByFfmpeg(_folder, path), reader.ReadAll(), 0).ShouldBeGreaterThan(60);
        }
        Reading.Failure(path, tools: new(SndFile: false, Ffmpeg: null, Ffprobe: null)).ShouldBe("audio.decoder_missing");
    }

    [Fact]
    public void Versions_AreThoseOfThePackages()
    {
        var packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => $"{package.Attribute("Include")!.Value} {package.Attribute("Version")!.Value}");
        ((string[])[BuiltInReader.NLayer, BuiltInReader.NVorbis, BuiltInReader.Concentus]).ShouldBeSubsetOf(packages);
    }
}
