using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio.Ffmpeg;

/// <summary>
/// A program and all processes that it starts, which are killed together. On Linux the program leads its own session: a process that
/// outlives its parent is adopted by init but stays in the group of the session.
/// </summary>
internal sealed partial class ProcessGroup : IDisposable
{
    private const int KillSignal = 9;

    // The exit statuses with which setsid, like any shell, reports a file that is not executable or does not exist.
    private const int NotExecutable = 126;
    private const int NotFound = 127;

    private static readonly Lazy<string?> SessionStarter = new(
        () => OperatingSystem.IsLinux() ? DecoderTools.Find("setsid", Environment.GetEnvironmentVariable("PATH") ?? "") : null);

    private readonly Process _process;
    private readonly bool _leads;

    private ProcessGroup(Process process, string program, bool leads)
    {
        (_process, Program, _leads) = (process, program, leads);
        (Output, Errors) = (process.StandardOutput.BaseStream, process.StandardError.BaseStream);
        Exit = process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>The full path of the program.</summary>
    public string Program { get; }

    /// <summary>The standard output of the program.</summary>
    public Stream Output { get; }

    /// <summary>The standard error of the program.</summary>
    public Stream Errors { get; }

    /// <summary>Completes when the program has exited; processes that it started may still run.</summary>
    public Task Exit { get; }

    /// <summary>The exit status of the program, which must have exited.</summary>
    public int Status => _process.ExitCode;

    /// <summary>Whether the program, which must have exited, was never started.</summary>
    public bool FailedToStart => _leads && Status is NotExecutable or NotFound;

    /// <summary>Starts a program without input.</summary>
    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    public static ProcessGroup Start(string program, IEnumerable<string> arguments)
    {
        var starter = SessionStarter.Value;
        if (starter is not null && !File.Exists(program))
            throw new Win32Exception($"{program} does not exist.");
        var start = starter is null ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo(starter, [program, .. arguments]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        var process = Process.Start(start) ?? throw new Win32Exception($"{program} was not started.");
        process.StandardInput.Close();
        return new(process, program, starter is not null);
    }

    /// <summary>
    /// Kills the program and all processes that it started. Call this only while the program runs or a process keeps its pipes open: the
    /// system may reuse the number of an empty group.
    /// </summary>
    public void Kill()
    {
        if (_leads)
            _ = Kill(-_process.Id, KillSignal);
        try
        {
            // The program has not yet become the leader of its group, or never will.
            _process.Kill(entireProcessTree: !_leads);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // The program has exited in the meantime.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        Errors.Dispose();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
