using System.Diagnostics;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class InterruptTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    /// <summary>A generous time limit: an interrupted program exits after 5 s even if nothing else stops it.</summary>
    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void CtrlC_WhileRecognizing_EndsAndLeavesNothing()
    {
        var noise = _folder.LayNoise("noise.wav", 3600);
        using var process = ProgramRun.Start(ser.Prepare(_folder, "recognize", "--output", "out", noise));
        SpinWait.SpinUntil(() => Written() > 0, Ample).ShouldBeTrue();

        Stop(process);

        process.StandardOutput.ReadToEnd().ShouldBeEmpty();
        process.StandardError.ReadToEnd().ShouldContain("Cancelled.");
        Directory.GetFileSystemEntries(_folder.File("out")).ShouldBeEmpty();
    }

    [Fact]
    public void CtrlC_WhileStandardInputIsSilent_EndsAndLeavesNothing()
    {
        Directory.CreateDirectory(_folder.File("tmp"));
        var start = ser.Prepare(_folder, "recognize", "-");
        start.Environment["TMPDIR"] = _folder.File("tmp");
        using var process = ProgramRun.Start(start);
        SpinWait.SpinUntil(() => Directory.GetFiles(_folder.File("tmp")).Length > 0, Ample).ShouldBeTrue();

        Stop(process);

        Directory.GetFiles(_folder.File("tmp")).ShouldBeEmpty();
    }

    [Fact]
    public void CtrlC_WhileMeasuring_EndsAndLeavesNothing()
    {
        Directory.CreateDirectory(_folder.File("tmp"));
        var start = ser.Prepare(_folder, "bench", "--json", "report.json");
        start.Environment["TMPDIR"] = _folder.File("tmp");
        using var process = ProgramRun.Start(start);
        SpinWait.SpinUntil(() => Directory.GetDirectories(_folder.File("tmp")).Length > 0, Ample).ShouldBeTrue();

        Stop(process);

        process.StandardOutput.ReadToEnd().ShouldBeEmpty();
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder.File("tmp")]);
        Directory.GetFileSystemEntries(_folder.File("tmp")).ShouldBeEmpty();
    }

    [Fact]
    public void CtrlC_WhileLive_StillGivesTheSummary()
    {
        using var process = ProgramRun.Start(ser.Prepare(_folder, "live", "--json"));
        // A second of silence and its partial result; then the program waits for more input.
        process.StandardInput.BaseStream.Write(new byte[32000]);
        process.StandardInput.BaseStream.Flush();
        process.StandardOutput.ReadLine()!.ShouldContain("partial");

        process.Interrupt();

        process.StandardOutput.ReadToEnd().ShouldContain("\"summary\"");
        process.WaitForExit(Ample).ShouldBeTrue();
    }

    public void Dispose() => _folder.Dispose();

    private static void Stop(Process process)
    {
        process.Interrupt();
        var ended = process.WaitForExit(Ample);
        if (!ended)
            process.Kill();
        ended.ShouldBeTrue();
        process.ExitCode.ShouldBe(130);
    }

    /// <summary>Bytes of sound already written to the unfinished output folder.</summary>
    private long Written() => Directory.Exists(_folder.File("out"))
        ? new DirectoryInfo(_folder.File("out")).EnumerateFiles("processed_audio.wav", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;
}
