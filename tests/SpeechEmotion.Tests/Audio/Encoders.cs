using System.Diagnostics;

namespace SpeechEmotion.Tests.Audio;

/// <summary>The programs that encode the recordings of these tests.</summary>
internal static class Encoders
{
    public static void Ffmpeg(params string[] arguments) => Run("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);

    public static void Sox(params string[] arguments) => Run("sox", ["-V1", "-D", .. arguments]);

    public static void Lame(params string[] arguments) => Run("lame", arguments);

    /// <summary>Copies a file to a name that .NET cannot write, and creates the folder if it does not exist.</summary>
    /// <param name="from">The source file.</param>
    /// <param name="folder">The folder of the copy.</param>
    /// <param name="name">The name, with bytes in printf syntax: <c>\\351</c>.</param>
    public static void Copy(string from, string folder, string name) =>
        Run("sh", ["-c", "to=\"$2/$(printf \"$3\")\" && mkdir -p \"$(dirname \"$to\")\" && cp \"$1\" \"$to\"", "sh", from, folder, name]);

    /// <summary>Empties a folder that contains names .NET cannot write.</summary>
    public static void Empty(string folder) => Run("find", [folder, "-mindepth", "1", "-delete"]);

    /// <summary>Creates a named pipe without a writer.</summary>
    public static string Pipe(string path)
    {
        Run("mkfifo", [path]);
        return path;
    }

    /// <summary>Writes an executable script of one line.</summary>
    public static string Script(string path, string line)
    {
        // A child process writes it: a file that any part of this process holds open for writing cannot be executed.
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
