using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Benchmarks;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>Starts this program again to recognize one short WAV file, as a script does.</summary>
internal sealed class ColdStart : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ser-bench-");
    private readonly string _program;
    private readonly string _clip;

    private ColdStart(string program)
    {
        _program = program;
        _clip = Path.Combine(_folder.FullName, "noise.wav");
        NoiseClip.WriteWav(_clip, BenchPlan.StartSeconds);
    }

    /// <summary>Null if this process is not a stand-alone program that can be started again.</summary>
    public static ColdStart? Create() =>
        Environment.ProcessPath is { } program && Path.GetFileNameWithoutExtension(program) != "dotnet" ? new(program) : null;

    /// <summary>Seconds from process start to process end.</summary>
    /// <exception cref="IOException">The program could not recognize the file.</exception>
    public Timings Time(BenchSubject subject, int starts, CancellationToken ct) =>
        Timings.Of(starts, () => Run(subject, process => process.WaitForExit(), ct), ct);

    /// <summary>The peak memory of the program in bytes, including mapped files; null if the system does not report it.</summary>
    /// <exception cref="IOException">The program could not recognize the file.</exception>
    public long? PeakMemory(BenchSubject subject, CancellationToken ct)
    {
        // A separate start, because polling every millisecond would slow a timed one.
        long? peak = null;
        Run(subject, Watch, ct);
        return peak;

        void Watch(Process process)
        {
            while (!process.WaitForExit(TimeSpan.FromMilliseconds(1)))
                peak = Peak(process.Id) ?? peak;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private void Run(BenchSubject subject, Action<Process> wait, CancellationToken ct)
    {
        var start = new ProcessStartInfo(_program, ["recognize", _clip, "--json", .. subject.Arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var stop = ct.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        wait(process);
        Task.WaitAll([output, errors], CancellationToken.None);
        ct.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new IOException($"ser recognize: {errors.Result.TrimEnd()} ({process.ExitCode})");
    }

    /// <summary>The peak memory of a running process; null if it has just ended, or if there is no <c>/proc</c>.</summary>
    private static long? Peak(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..]
                ? long.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
