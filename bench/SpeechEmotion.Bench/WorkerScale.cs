using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>
/// How much more two workers process than one, each on a core of its own, and what the coordination costs: the processor time of the
/// database for each recording.
/// </summary>
internal static class WorkerScale
{
    public static async Task<int> RunAsync(string program, string audio, int clips, int rounds)
    {
        var root = Directory.CreateTempSubdirectory("ser-scale-").FullName;
        try
        {
            var recordings = Path.Combine(root, "recordings");
            BatchKills.CopyClips(audio, recordings, clips, repeat: false);
            List<double> ratios = [];
            for (var round = 0; round < rounds; round++)
            {
                var one = await RateAsync(program, recordings, Path.Combine(root, $"{round}-1"), 1, clips);
                var two = await RateAsync(program, recordings, Path.Combine(root, $"{round}-2"), 2, clips);
                ratios.Add(two / one);
                WorkerKills.Print($"round {round + 1}: 1 worker {one:F2} clips/s, 2 workers {two:F2} clips/s, ratio {two / one:F2}");
            }
            ratios.Sort();
            WorkerKills.Print($"median ratio: {ratios[ratios.Count / 2]:F2}");
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Clips per second from the first outcome to the last one.</summary>
    private static async Task<double> RateAsync(string program, string recordings, string output, int workers, int clips)
    {
        await using var postgres = TrialDatabase.Start();
        await using var cluster = new Cluster(program, recordings, output, postgres);
        await cluster.StartAsync(workers, "taskset -c {0}");
        while (await postgres.CountAsync("SELECT count(*) FROM batch_outcomes") == 0)
            await Task.Delay(50);
        var first = await postgres.CountAsync("SELECT count(*) FROM batch_outcomes");
        var clock = Stopwatch.StartNew();
        await cluster.DoneAsync();
        return (clips - first) / clock.Elapsed.TotalSeconds;
    }
}
