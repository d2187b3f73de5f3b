using System.Text;
using Shouldly;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio.Raw;

public sealed class RawHeaderTests
{
    private static readonly byte[] Wav = File.ReadAllBytes(Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav"));

    [Fact]
    public void Length_WavThatAgrees_IsThatOfItsHeader() =>
        RawHeader.Length(Wav.AsSpan(0, 4096), RawEncoding.Integers, 16000, 1).ShouldBe(44);

    [Fact]
    public void Length_WavThatContradicts_NamesTheHeadersFormat()
    {
        foreach (var (encoding, rate, channels) in
            new[] { (RawEncoding.Floats, 16000, 1), (RawEncoding.Integers, 44100, 1), (RawEncoding.Integers, 16000, 2) })
        {
            var error = Should.Throw<AudioException>(() => RawHeader.Length(Wav.AsSpan(0, 4096), encoding, rate, channels));
            error.Code.ShouldBe("audio.other_format");
            error.Message.ShouldContain("pcm_s16le, 16000 Hz, 1 channels");
        }
    }

    [Theory]
    [InlineData("1A45DFA39F4286810142F7810142F2810442F381084282847765626D", "WebM")]
    [InlineData("4F67675300020000000000000000", "OGG")]
    [InlineData("664C614300000022", "FLAC")]
    [InlineData("000000186674797069736F6D00000200", "MP4")]
    [InlineData("49443304000000000021", "MP3")]
    [InlineData("2E736E6400000020", "AU")]
    [InlineData("63616666000100000000", "CAF")]
    [InlineData("2321414D520A3C", "AMR")]
    [InlineData("524946460000000057415645", "WAV")]
    public void Length_AnotherFormat_IsRefusedByItsName(string head, string name)
    {
        var error = Should.Throw<AudioException>(() => RawHeader.Length(Convert.FromHexString(head), RawEncoding.Integers, 16000, 1));

        error.Code.ShouldBe("audio.not_raw");
        error.Message.ShouldContain(name);
        error.Message.ShouldContain("pcm_s16le");
        error.MessageZh.ShouldContain(name);
    }

    [Fact]
    public void Length_Mp3Frames_AreRefusedAndOneSyncIsNot()
    {
        // MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame.
        var frames = new byte[2000];
        for (var at = 0; at + 4 < frames.Length; at += 417)
            Convert.FromHexString("FFFB9000").CopyTo(frames, at);

        Should.Throw<AudioException>(() => RawHeader.Length(frames, RawEncoding.Integers, 16000, 1)).Code.ShouldBe("audio.not_raw");
        RawHeader.Length(frames.AsSpan(0, 100), RawEncoding.Integers, 16000, 1).ShouldBe(0);
        frames.AsSpan(4).Clear();
        RawHeader.Length(frames, RawEncoding.Integers, 16000, 1).ShouldBe(0);
    }

    [Fact]
    public void Length_Samples_AreNoHeader()
    {
        RawHeader.Length([], RawEncoding.Integers, 16000, 1).ShouldBe(0);
        RawHeader.Length(new byte[4096], RawEncoding.Integers, 16000, 1).ShouldBe(0);
        RawHeader.Length(Encoding.ASCII.GetBytes("RIFFraff"), RawEncoding.Integers, 16000, 1).ShouldBe(0);
        var random = new Random(1);
        var noise = new byte[4096];
        for (var i = 0; i < 2000; i++)
        {
            random.NextBytes(noise);
            RawHeader.Length(noise, RawEncoding.Integers, 16000, 1).ShouldBe(0);
        }
        for (var at = 44; at + 4096 < Wav.Length; at += 2)
            RawHeader.Length(Wav.AsSpan(at, 4096), RawEncoding.Integers, 16000, 1).ShouldBe(0);
    }
}
