using System.Diagnostics;
using System.Text.Json;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Bench;

/// <summary>The memory of <c>ser batch</c> while it processes many short clips, and how soon it accepts a very long manifest.</summary>
internal static class BatchScale
{
    private const int ClipSamples = 4000;
    private const int Steps = 20;

    public static int Run(string program, int clips, int rows)
    {
        var root = Directory.CreateTempSubdirectory("ser-batch-").FullName;
        try
        {
            Memory(program, root, clips);
            Manifest(program, root, rows);
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Memory(string program, string root, int clips)
    {
        var recordings = Directory.CreateDirectory(Path.Combine(root, "recordings")).FullName;
        for (var i = 0; i < clips; i++)
            WriteClip(Path.Combine(recordings, $"{i:D6}.wav"), i);
        var (step, next, done, clock) = (Math.Max(1, clips / Steps), 0, 0, Stopwatch.StartNew());
        using var run = Start(program, recordings, Path.Combine(root, "clips"));
        foreach (var line in Events(run))
        {
            if (line.GetProperty("event").GetString() != "item" || ++done < next)
                continue;
            next += step;
            Print($"{done} clips, {done / clock.Elapsed.TotalSeconds:F0}/s, private memory {ProcessMemory.PrivateOf(run.Id):F0} MB");
        }
        run.WaitForExit();
        Print($"exit code {run.ExitCode}, {clock.Elapsed.TotalSeconds:F0} s");
    }

    private static void Manifest(string program, string root, int rows)
    {
        var clip = Path.Combine(root, "clip.wav");
        WriteClip(clip, -1);
        var manifest = Path.Combine(root, "manifest.csv");
        using (var writer = new StreamWriter(manifest))
        {
            writer.WriteLine("path,speaker,date");
            for (var i = 0; i < rows; i++)
            {
                var (speaker, day) = (i % 100, 1 + (i % 28));
                writer.WriteLine(FormattableString.Invariant($"clips/{speaker}/recording-{i:D7}.wav,speaker {speaker},2026-11-{day:D2}"));
            }
        }
        var clock = Stopwatch.StartNew();
        var (first, most) = (0.0, 0.0);
        using var run = Start(program, manifest, Path.Combine(root, "rows"));
        foreach (var line in Events(run))
        {
            most = Math.Max(most, ProcessMemory.PrivateOf(run.Id));
            switch (line.GetProperty("event").GetString())
            {
                case "item" when first == 0:
                    first = clock.Elapsed.TotalSeconds;
                    break;
                case "progress" when line.GetProperty("sources_read").GetBoolean():
                    Print($"{rows} rows: accepted after {clock.Elapsed.TotalSeconds:F1} s, at most {most:F0} MB");
                    Print($"first outcome after {first:F1} s");
                    run.Kill();
                    return;
            }
        }
        Print($"The manifest of {rows} rows was processed within a second.");
    }

    private static void WriteClip(string path, int seed)
    {
        var random = new Random(seed);
        var samples = new float[ClipSamples];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (float)((random.NextDouble() - 0.5) * 0.2);
        using var writer = new WavWriter(path);
        writer.Write(samples);
        writer.Finish();
    }

    private static Process Start(string program, string source, string output)
    {
        var start = new ProcessStartInfo(program, ["batch", source, "--output", output, "--model", "compact", "--json"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static IEnumerable<JsonElement> Events(Process process)
    {
        while (process.StandardOutput.ReadLine() is { } line)
            yield return JsonElement.Parse(line);
    }

    private static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
