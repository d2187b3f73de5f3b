using System.Diagnostics;
using System.Globalization;

namespace SpeechEmotion.Bench;

/// <summary>
/// Kills <c>ser batch</c> with SIGKILL at random moments and resumes it each time. The exports must equal those of an undisturbed run.
/// </summary>
internal static class BatchKills
{
    private const int Seed = 15;

    private static readonly string[] Compared =
        ["results.csv", "results.jsonl", "results.parquet", "embeddings.npy", "embeddings.index.csv"];

    public static int Run(string program, string audio, int clips, int kills)
    {
        var root = Directory.CreateTempSubdirectory("ser-batch-").FullName;
        try
        {
            var recordings = Path.Combine(root, "recordings");
            CopyClips(audio, recordings, clips, repeat: true);
            var clock = Stopwatch.StartNew();
            if (Start(program, recordings, Path.Combine(root, "calm")).Wait() != 0)
                return Fail("The undisturbed run failed.");
            var calm = clock.Elapsed;
            Print($"undisturbed: {clips} clips in {calm.TotalSeconds:F1} s");
            clock.Restart();
            Disturb(program, recordings, Path.Combine(root, "killed"), kills, calm);
            var code = Start(program, recordings, Path.Combine(root, "killed")).Wait();
            Print($"killed {kills} times: {clock.Elapsed.TotalSeconds:F1} s, exit code {code}");
            var different = Compared
                .Where(file => !Same(Path.Combine(root, "calm", file), Path.Combine(root, "killed", file))).ToArray();
            var lines = File.ReadLines(Path.Combine(root, "killed", "results.jsonl")).Count();
            Print($"outcomes: {lines} of {clips}; different exports: {(different.Length == 0 ? "none" : string.Join(", ", different))}");
            return code == 0 && lines == clips && different.Length == 0 ? 0 : Fail("The exports differ.");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Takes clips from all over the corpus.</summary>
    /// <param name="audio">The folder of the corpus.</param>
    /// <param name="target">The folder that receives the clips.</param>
    /// <param name="count">Number of clips.</param>
    /// <param name="repeat">Whether every tenth clip is an earlier one under another name.</param>
    public static void CopyClips(string audio, string target, int count, bool repeat)
    {
        Directory.CreateDirectory(target);
        var random = new Random(Seed);
        var files = Directory.EnumerateFiles(audio, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".wav" or ".flac" or ".mp3" or ".opus" or ".ogg")
            .Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(files);
        for (var i = 0; i < count; i++)
        {
            var source = files[(repeat && i % 10 == 9 ? i - 5 : i) % files.Length];
            File.Copy(source, Path.Combine(target, string.Create(CultureInfo.InvariantCulture, $"{i:D5}{Path.GetExtension(source)}")));
        }
    }

    private static void Disturb(string program, string recordings, string output, int kills, TimeSpan calm)
    {
        var random = new Random(Seed);
        // The start takes about a second, and the rest of the run is spread over the kills.
        var longest = 2 * (calm.TotalSeconds / kills) + 2;
        for (var i = 0; i < kills; i++)
        {
            using var run = Start(program, recordings, output);
            Thread.Sleep(TimeSpan.FromSeconds(random.NextDouble() * longest));
            var ended = run.HasExited;
            run.Kill();
            run.Wait();
            Print($"kill {i + 1}: {(ended ? "the run had ended" : "killed")}");
        }
    }

    private static RunningBatch Start(string program, string recordings, string output) => new(program, recordings, output);

    private static bool Same(string one, string other) =>
        File.Exists(one) && File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));

    private static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));

    private static int Fail(string text)
    {
        Console.Error.WriteLine(text);
        return 1;
    }

    /// <summary>One start of the command.</summary>
    private sealed class RunningBatch : IDisposable
    {
        private readonly Process _process;

        public RunningBatch(string program, string recordings, string output)
        {
            var start = new ProcessStartInfo(program, ["batch", recordings, "--output", output, "--model", "compact", "--embedding"])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            _process = Process.Start(start)!;
            _process.ErrorDataReceived += (_, _) => { };
            _process.OutputDataReceived += (_, _) => { };
            _process.BeginErrorReadLine();
            _process.BeginOutputReadLine();
        }

        public bool HasExited => _process.HasExited;

        public void Kill() => _process.Kill();

        public int Wait()
        {
            _process.WaitForExit();
            return _process.ExitCode;
        }

        public void Dispose() => _process.Dispose();
    }
}
