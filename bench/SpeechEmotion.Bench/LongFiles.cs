using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Bench;

/// <summary>Measures the command on recordings of minutes to hours: time, and peak memory including mapped files.</summary>
internal static class LongFiles
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(50);

    /// <param name="program">Path of <c>dist/ser</c>.</param>
    /// <param name="audio">A labeled corpus with its manifest.csv; its clips make up the recordings.</param>
    /// <param name="minutes">The lengths of the recordings.</param>
    /// <param name="directory">A FunASR folder; null for the compact model.</param>
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

    /// <summary>Writes conversations of the given length as a WAV file of 16 kHz.</summary>
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
        while (!process.WaitForExit(SampleInterval))
            peak = Math.Max(peak, ProcessMemory.PeakOf(process.Id));
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {arguments} exited with code {process.ExitCode}.");
        return (peak, output.Result);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
