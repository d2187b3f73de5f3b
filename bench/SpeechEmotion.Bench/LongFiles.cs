using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Bench;

/// <summary>What recordings of ten minutes to hours cost the command: time, and the most memory, mapped files counted.</summary>
internal static class LongFiles
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <param name="program">dist/ser.</param>
    /// <param name="audio">A labelled corpus with its manifest.csv, from which the recordings are joined.</param>
    /// <param name="minutes">Lengths.</param>
    /// <param name="directory">A FunASR folder; null for the small model.</param>
    public static int Run(string program, string audio, int[] minutes, string? directory)
    {
        var model = directory is null ? "--model compact" : $"--model-dir {directory}";
        foreach (var length in minutes)
        {
            var path = Path.Combine(Path.GetTempPath(), $"ser-bench-{Environment.ProcessId}-{length}min.wav");
            Record(path, audio, length);
            try
            {
                var (peak, output) = (0.0, "");
                var seconds = Clock.Seconds(() => (peak, output) = Peak(program, $"recognize {path} --json {model}"));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{length} min: {seconds:F1} s, peak {peak:F0} MB, {Count(output, "\"start\":")} segments"));
            }
            finally
            {
                File.Delete(path);
            }
        }
        return 0;
    }

    /// <summary>Writes so many minutes of conversations as a WAV file of 16 kHz.</summary>
    public static void Record(string path, string audio, int minutes)
    {
        using var writer = new WavWriter(path);
        var maker = new ConversationMaker(audio, longestPause: 0.5);
        var left = minutes * 60 * 16000;
        for (var number = 0; left > 0; number++)
        {
            var samples = maker.Make(number).Samples;
            writer.Write(samples.AsSpan(0, Math.Min(left, samples.Length)));
            left -= samples.Length;
        }
        writer.Finish();
    }

    private static (double Peak, string Output) Peak(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0.0;
        while (!process.WaitForExit(LookEvery))
            peak = Math.Max(peak, ProcessMemory.PeakOf(process.Id));
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}.");
        return (peak, output.Result);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
