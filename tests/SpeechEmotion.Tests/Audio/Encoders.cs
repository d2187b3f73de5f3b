using System.Diagnostics;

namespace SpeechEmotion.Tests.Audio;

/// <summary>The programs that make the recordings of these tests.</summary>
internal static class Encoders
{
    public static void Ffmpeg(params string[] arguments) => Run("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);

    public static void Sox(params string[] arguments) => Run("sox", ["-V1", "-D", .. arguments]);

    private static void Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors}");
    }
}
