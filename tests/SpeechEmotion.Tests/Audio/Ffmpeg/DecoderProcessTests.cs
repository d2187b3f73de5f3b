using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Ffmpeg;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio.Ffmpeg;

public sealed class DecoderProcessTests
{
    private static readonly AudioInput Patient = new("/tmp/a.m4a", "a.m4a", new());

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
        using var process = Shell(
            "head -c 3000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo file:/tmp/a.m4a: bad >&2; exit 3",
            Patient,
            TestContext.Current.CancellationToken);
        process.Read(new byte[100]).ShouldBe(0);
        process.Finish().ShouldBe((3, "a.m4a: bad"));
    }

    [Fact]
    public void Read_ProgramThatHangsWithGrandchildren_EndsThemAll()
    {
        using var folder = new TemporaryFolder();
        var source = Patient with { Limits = new() { DecoderTimeout = TimeSpan.FromMilliseconds(500) } };
        // The subshell exits at once; its child is orphaned but keeps both pipes open.
        using (var process = Shell(
            $"(sh -c 'echo $$ > {folder.File("grandchild")}; exec sleep 1000' &) ; echo abc; sleep 1000",
            source,
            TestContext.Current.CancellationToken))
        {
            Should.Throw<AudioException>(() => process.Read(new byte[100])).Code.ShouldBe("audio.decoder_timeout");
        }
        ShouldEnd(folder.File("grandchild"));
    }

    [Fact]
    public void Finish_GrandchildHoldsThePipes_DoesNotWaitForIt()
    {
        using var folder = new TemporaryFolder();
        using (var process = Shell(
            $"sh -c 'echo $$ > {folder.File("grandchild")}; exec sleep 1000' & echo abc; echo bad >&2; exit 3",
            Patient,
            TestContext.Current.CancellationToken))
        {
            process.Read(new byte[100]).ShouldBe(4);
            process.Finish().ShouldBe((3, "bad"));
        }
        ShouldEnd(folder.File("grandchild"));
    }

    [Fact]
    public void Dispose_ProcessThatLeftTheGroup_IsAbandoned()
    {
        using var folder = new TemporaryFolder();
        var source = Patient with { Limits = new() { DecoderTimeout = TimeSpan.FromMilliseconds(500) } };
        using (var process = Shell(
            $"setsid sh -c 'echo $$ > {folder.File("detached")}; exec sleep 1000' & sleep 1000",
            source,
            TestContext.Current.CancellationToken))
        {
            Should.Throw<AudioException>(() => process.Read(new byte[100])).Code.ShouldBe("audio.decoder_timeout");
        }
        System.Diagnostics.Process.GetProcessById(Number(folder.File("detached"))).Kill();
    }

    [Fact]
    public void Finish_ProgramThatCannotRun_NamesIt()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("ffmpeg"), "#!/nowhere/sh\n");
        var error = Should.Throw<AudioException>(() =>
        {
            using var process = new DecoderProcess(folder.File("ffmpeg"), [], Patient, TestContext.Current.CancellationToken);
            process.Read(new byte[10]);
            process.Finish();
        });
        error.Code.ShouldBe("audio.decoder_failed");
        error.Message.ShouldContain("apt-get install --reinstall ffmpeg");
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

    private static int Number(string file) => int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// Waits for the end, since the kernel may take a moment to remove a killed process; a surviving one would run for minutes.
    /// </summary>
    private static void ShouldEnd(string file) =>
        SpinWait.SpinUntil(() => !IsRunning(Number(file)), TimeSpan.FromSeconds(60)).ShouldBeTrue();

    private static bool IsRunning(int process)
    {
        try
        {
            // A zombie (state Z) has ended too; its parent has not yet collected its status.
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static DecoderProcess Shell(string script, AudioInput source, CancellationToken ct) =>
        new("/bin/sh", ["-c", script], source, ct);
}
