using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

public sealed class DecoderProcessTests
{
    private static readonly AudioSource Patient = new("/tmp/a.m4a", "a.m4a", new());

    [Fact]
    public void Read_SilentProgram_IsKilledAfterTheTimeout()
    {
        var source = Patient with { Limits = new() { DecoderTimeout = TimeSpan.FromMilliseconds(100) } };
        using var process = Shell("echo abc; exec sleep 1000", source, TestContext.Current.CancellationToken);
        Should.Throw<AudioException>(() => process.Read(new byte[100])).Code.ShouldBe("audio.decoder_timeout");
    }

    [Fact]
    public void Read_CancelledWhileWaiting_KillsTheProgram()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using var process = Shell("exec sleep 1000", Patient, cancellation.Token);
        Should.Throw<OperationCanceledException>(() => process.Read(new byte[100]));
    }

    [Fact]
    public void Dispose_EndlessProgram_EndsIt()
    {
        var process = Shell("exec cat /dev/zero", Patient, TestContext.Current.CancellationToken);
        process.Read(new byte[100]).ShouldBe(100);
        process.Dispose();
        Should.NotThrow(process.Dispose);
    }

    [Fact]
    public void Finish_EndlessComplaints_KeepsTheLastLine()
    {
        using var process = Shell("head -c 3000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo file:/tmp/a.m4a: bad >&2; exit 3", Patient, TestContext.Current.CancellationToken);
        process.Read(new byte[100]).ShouldBe(0);
        process.Finish().ShouldBe((3, "a.m4a: bad"));
    }

    [Fact]
    public void Constructor_NotAProgram_NamesTheProgramAndHowToRepairIt()
    {
        var error = Should.Throw<AudioException>(
            () => new DecoderProcess("/nowhere/ffmpeg", [], Patient, TestContext.Current.CancellationToken));
        error.Code.ShouldBe("audio.decoder_failed");
        foreach (var message in (string[])[error.Message, error.MessageZh])
        {
            message.ShouldContain("a.m4a");
            message.ShouldContain("/nowhere/ffmpeg");
            message.ShouldContain("apt-get install --reinstall ffmpeg");
        }
    }

    [Fact]
    public void Find_RelativeFolder_IsNotSearched()
    {
        DecoderTools.Find("sh", "bin:.").ShouldBeNull();
        DecoderTools.Find("sh", "/nowhere:/bin").ShouldBe("/bin/sh");
    }

    private static DecoderProcess Shell(string script, AudioSource source, CancellationToken ct) => new("/bin/sh", ["-c", script], source, ct);
}
