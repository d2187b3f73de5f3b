using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio.Ffmpeg;

/// <summary>
/// A program and all that it starts, which end together. On Linux it leads a session of its own: a process that outlives the one
/// which started it belongs to init, but still to the session's group.
/// </summary>
internal sealed partial class ProcessGroup : IDisposable
{
    private const int KillSignal = 9;

    // What setsid says, like any shell, where a program is no program, or is not there.
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

    /// <summary>Full path of the program.</summary>
    public string Program { get; }

    /// <summary>Its standard output.</summary>
    public Stream Output { get; }

    /// <summary>Its standard error.</summary>
    public Stream Errors { get; }

    /// <summary>Completed when the program has ended; what it started may still run.</summary>
    public Task Exit { get; }

    /// <summary>Exit status of the program, which has ended.</summary>
    public int Status => _process.ExitCode;

    /// <summary>Whether the program, which has ended, never began.</summary>
    public bool FailedToStart => _leads && Status is NotExecutable or NotFound;

    /// <summary>Starts a program, which gets no input.</summary>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static ProcessGroup Start(string program, IEnumerable<string> arguments)
    {
        var starter = SessionStarter.Value;
        if (starter is not null && !File.Exists(program))
            throw new Win32Exception($"{program} is not there.");
        var start = starter is null ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo(starter, [program, .. arguments]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        var process = Process.Start(start) ?? throw new Win32Exception($"{program} was not started.");
        process.StandardInput.Close();
        return new(process, program, starter is not null);
    }

    /// <summary>
    /// Ends the program and all that it started. To be called only while the program runs or something holds its pipes: the
    /// number of a group of which nothing is left may be another's.
    /// </summary>
    public void Kill()
    {
        if (_leads)
            _ = Kill(-_process.Id, KillSignal);
        try
        {
            // Where it has not yet become the leader of its group, or never will.
            _process.Kill(entireProcessTree: !_leads);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile.
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
