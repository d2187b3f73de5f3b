using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>
/// Kills the server with SIGKILL at random moments of a batch, while clients submit single recognitions. Every item and every accepted
/// recognition must have one outcome, and the export must equal that of an undisturbed server.
/// </summary>
internal static class ServerKills
{
    private const int Seed = 15;
    private const int SinglesEachStart = 10;

    public static async Task<int> RunAsync(string program, string audio, int clips, int kills)
    {
        var root = Directory.CreateTempSubdirectory("ser-server-").FullName;
        try
        {
            var recordings = Path.Combine(root, "recordings");
            BatchKills.CopyClips(audio, recordings, clips, repeat: true);
            var clock = Stopwatch.StartNew();
            string calm;
            using (var server = await StartAsync(program, recordings, Path.Combine(root, "calm")))
            {
                await server.CreateAsync();
                await server.DoneAsync();
                calm = await server.ExportAsync();
            }
            var undisturbed = clock.Elapsed;
            Print($"undisturbed: {clips} clips in {undisturbed.TotalSeconds:F1} s");
            clock.Restart();
            var accepted = await DisturbAsync(program, recordings, Path.Combine(root, "killed"), kills, undisturbed);
            using var last = await StartAsync(program, recordings, Path.Combine(root, "killed"));
            await last.DoneAsync();
            var lost = await last.CountUnfinishedAsync(accepted);
            var same = await last.ExportAsync() == calm;
            Print($"killed {kills} times: {clock.Elapsed.TotalSeconds:F1} s");
            Print($"single recognitions: {accepted.Count} accepted, {lost} without a result");
            Print($"export: {(same ? "equal" : "different")}");
            return lost == 0 && same ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> DisturbAsync(
        string program, string recordings, string output, int kills, TimeSpan undisturbed)
    {
        var random = new Random(Seed);
        // The start takes about a second, and the rest of the run is spread over the kills.
        var longest = 2 * (undisturbed.TotalSeconds / kills) + 2;
        var clips = Directory.GetFiles(recordings);
        List<string> accepted = [];
        for (var kill = 0; kill < kills; kill++)
        {
            using var server = await StartAsync(program, recordings, output);
            if (kill == 0)
                await server.CreateAsync();
            var end = Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * longest));
            for (var i = 0; i < SinglesEachStart && !end.IsCompleted; i++)
                accepted.Add(await server.SubmitAsync(clips[random.Next(clips.Length)]));
            await end;
            Print($"kill {kill + 1}: {accepted.Count} accepted so far");
        }
        return accepted;
    }

    private static Task<BatchServer> StartAsync(string program, string recordings, string output) =>
        BatchServer.StartAsync(program, ["--output", output, "--batch-root", recordings]);

    private static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
