using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>Runs programs that end at once: the scripts of the current folder, and commands of the system.</summary>
internal static class Script
{
    /// <summary>Runs a command.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static void Run(params string[] line)
    {
        if (!Succeeds(line))
            throw new InvalidOperationException($"{string.Join(' ', line)} failed.");
    }

    /// <summary>Runs a command, and returns whether it succeeded.</summary>
    public static bool Succeeds(params string[] line)
    {
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]))!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>Runs a command, and returns what it printed.</summary>
    public static string Read(params string[] line)
    {
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text.Trim() : throw new InvalidOperationException($"{string.Join(' ', line)} failed.");
    }
}
