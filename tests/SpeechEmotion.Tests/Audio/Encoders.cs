using System.Diagnostics;

namespace SpeechEmotion.Tests.Audio;

/// <summary>The programs that make the recordings of these tests.</summary>
internal static class Encoders
{
    public static void Ffmpeg(params string[] arguments) => Run("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);

    public static void Sox(params string[] arguments) => Run("sox", ["-V1", "-D", .. arguments]);

    /// <summary>A named pipe, which nobody writes to.</summary>
    public static string Pipe(string path)
    {
        Run("mkfifo", [path]);
        return path;
    }

    /// <summary>A program of one line.</summary>
    public static string Script(string path, string line)
    {
        // Written by a child: a file that this process still has open for writing anywhere cannot be executed.
        Run("sh", ["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$2\" && chmod +x \"$2\"", "sh", line, path]);
        return path;
    }

    private static void Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors}");
    }
}
