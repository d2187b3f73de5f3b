using Shouldly;
using SpeechEmotion.Audio.Sniffing;
using Xunit;

namespace SpeechEmotion.Tests.Audio.Sniffing;

public sealed class AudioSnifferTests
{
    [Theory]
    [InlineData("FFF15080", "AAC"), InlineData("FFF95080", "AAC"), InlineData("FFFB9064", "MP3"), InlineData("FFF38464", "MP3")]
    public void Sniff_FrameSync_DistinguishesMp3FromAac(string header, string container)
    {
        byte[] head = [.. Convert.FromHexString(header), 0x7F, 0xFC, 0x00];
        AudioSniffer.Sniff(head)!.Name.ShouldBe(container);
    }

    [Fact]
    public void Sniff_SyncWithoutASecondFrame_IsNothing()
    {
        var head = new byte[4096];
        Convert.FromHexString("FFFB9064").CopyTo(head, 0);
        AudioSniffer.Sniff(head).ShouldBeNull();
        Convert.FromHexString("FFFB9064").CopyTo(head, 417);
        AudioSniffer.Sniff(head)!.Name.ShouldBe("MP3");
    }

    [Fact]
    public void Sniff_AnyBytes_NeverThrows()
    {
        var random = new Random(3);
        var head = new byte[600];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(head);
            head[0] = (byte)(i % 4 == 0 ? 0xFF : head[0]);
            head[1] = (byte)(i % 4 == 0 ? head[1] | 0xF0 : head[1]);
            Should.NotThrow(() => AudioSniffer.Sniff(head.AsSpan(0, i % 600)));
        }
    }

    [Fact]
    public void IsRecording_FirstBytes_AreEnough()
    {
        var frames = new byte[AudioSniffer.WindowLength];
        for (var at = 1000; at < frames.Length - 4; at += 417)
            Convert.FromHexString("FFFB9064").CopyTo(frames, at);
        frames[0] = 1;

        AudioSniffer.IsRecording([.. "RIFF\0\0\0\0WAVE"u8]).ShouldBeTrue();
        AudioSniffer.IsRecording(Convert.FromHexString("49443304000000000A00")).ShouldBeTrue();
        AudioSniffer.IsRecording(frames).ShouldBeTrue();
        AudioSniffer.IsRecording([.. "text"u8]).ShouldBeFalse();
        AudioSniffer.IsRecording(new byte[AudioSniffer.WindowLength]).ShouldBeFalse();
        AudioSniffer.IsRecording([]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("49443304000000000A00", 20 + 1270), InlineData("49443304001000000000", 20), InlineData("494433", 0)]
    [InlineData("52494646000000000000", 0)]
    public void Id3Length_Tag_CountsHeaderAndFooter(string head, int expected) =>
        AudioSniffer.Id3Length(Convert.FromHexString(head)).ShouldBe(expected);
}
