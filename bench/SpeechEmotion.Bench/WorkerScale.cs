using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>How much more two workers process than one, each on a core of its own.</summary>
internal static class WorkerScale
{
    /// <summary>Seldom enough that the questions take no time from the workers.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private const string Waiting = "SELECT count(*) FROM batch_chunks WHERE \"State\" = 0";
    private const string Working = "SELECT count(DISTINCT \"Worker\") FROM batch_chunks WHERE \"Succeeded\" > 0";

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
                var one = await RateAsync(program, recordings, Path.Combine(root, $"{round}-1"), 1);
                var two = await RateAsync(program, recordings, Path.Combine(root, $"{round}-2"), 2);
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

    /// <summary>Clips per second while every worker has work: from the first outcome of each until no chunk waits.</summary>
    private static async Task<double> RateAsync(string program, string recordings, string output, int workers)
    {
        await using var postgres = TrialDatabase.Start();
        await using var cluster = new Cluster(program, recordings, output, postgres) { Launcher = core => ["taskset", "-c", $"{core}"] };
        await cluster.StartAsync(1, workers);
        await cluster.CreateAsync();
        while (await postgres.CountAsync(Working) < workers)
            await Task.Delay(Interval);
        var first = await postgres.CountOutcomesAsync();
        var clock = Stopwatch.StartNew();
        while (await postgres.CountAsync(Waiting) > 0)
            await Task.Delay(Interval);
        return (await postgres.CountOutcomesAsync() - first) / clock.Elapsed.TotalSeconds;
    }
}
