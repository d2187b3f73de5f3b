using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>
/// Two servers, three workers, PostgreSQL and three nodes of a broker, each worker and what they share on a machine of its own. While a
/// batch is processed and clients submit single recognitions, the network is cut: between a worker and the broker, between a worker and the
/// database, and between the node that leads the queue and the other nodes. Every item and every accepted recognition must have one
/// outcome, and the export must equal that of the same programs, undisturbed.
/// </summary>
internal static class NetworkCuts
{
    private const int Servers = 2;
    private const int Workers = 3;
    private const int Nodes = 3;
    private const int SinglesEachTime = 5;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait for the first outcome of a worker after it was cut off.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(90);

    /// <summary>Runs this benchmark in a network of its own, because it routes and cuts.</summary>
    public static int Run(string program, string audio, int clips, int seconds)
    {
        using var process = Process.Start(
            "unshare", ["--net", Environment.ProcessPath!, "network-cuts-inside", program, audio, $"{clips}", $"{seconds}"]);
        process.WaitForExit();
        return process.ExitCode;
    }

    public static async Task<int> RunInsideAsync(string program, string audio, int clips, int seconds)
    {
        using var trial = new ClusterTrial(audio, clips);
        using var network = new TrialNetwork(1 + Nodes + Workers);
        var database = network.Places[0];
        var nodes = network.Places.Skip(1).Take(Nodes).ToArray();
        var workers = network.Places.Skip(1 + Nodes).ToArray();
        var calm = await trial.CalmAsync(program, Servers, Workers);
        await using var postgres = TrialDatabase.Start(database);
        using var broker = TrialBroker.Start(trial.FolderOf("broker"), places: nodes);
        await using var cluster = new Cluster(program, trial.Recordings, trial.FolderOf("cluster"), postgres)
        {
            Broker = broker,
            Launcher = number => [.. workers[number].Launcher, "nice"],
        };
        await cluster.StartAsync(Servers, Workers);
        await cluster.CreateAsync();
        await using var watch = new OutcomeWatch(postgres);

        await CutAsync("a worker from the broker", 0, [.. nodes.Select((node, i) => (workers[0], node, broker.PortOf(i)))]);
        await CutAsync("a worker from the database", 1, [(workers[1], database, postgres.Port)]);
        var leader = broker.FindLeader();
        await CutAsync(
            $"node {leader + 1}, which leads the queue, from the others", null,
            [.. nodes.Select((node, i) => (nodes[leader], node, broker.PortOf(i))).Where(link => link.Item2 != nodes[leader])]);
        await Task.Delay(Calm);
        WorkerKills.Print($"{await postgres.CountOutcomesAsync()} outcomes at the end of the cuts");
        return await trial.EndAsync(calm, postgres, watch, cluster);

        async Task CutAsync(string name, int? worker, (NetworkPlace From, NetworkPlace To, int Port)[] links)
        {
            await Task.Delay(Calm);
            await cluster.SubmitAsync(SinglesEachTime);
            RequireReach(true, links);
            foreach (var (from, to, _) in links)
                network.Cut(from, to);
            WorkerKills.Print($"{DateTimeOffset.UtcNow:HH:mm:ss} cut: {name}");
            var clock = Stopwatch.StartNew();
            RequireReach(false, links);
            var before = await postgres.CountOutcomesAsync();
            await cluster.SubmitAsync(SinglesEachTime);
            var own = await FollowAsync(worker, () => clock.Elapsed.TotalSeconds < seconds);
            var after = await postgres.CountOutcomesAsync();
            network.Heal();
            WorkerKills.Print($"{DateTimeOffset.UtcNow:HH:mm:ss} {after - before} outcomes in {clock.Elapsed.TotalSeconds:F0} s");
            RequireReach(true, links);
            if (after == clips)
                throw new InvalidOperationException("The batch was done during a cut: give more clips.");
            if (worker is null)
                return;
            WorkerKills.Print($"{own} of them by that worker");
            clock.Restart();
            await FollowAsync(worker, () => clock.Elapsed < Recovery, most: 1);
            WorkerKills.Print($"its next outcome: {clock.Elapsed.TotalSeconds:F1} s later");
        }

        // Counts the outcomes of a worker. When it has finished a chunk, the database no longer knows whose it was.
        async Task<long> FollowAsync(int? worker, Func<bool> goesOn, long most = long.MaxValue)
        {
            var (sum, last) = (0L, await CountAsync(worker));
            while (goesOn() && sum < most)
            {
                await Task.Delay(100);
                var count = await CountAsync(worker);
                sum += count < last ? count : count - last;
                last = count;
            }
            return sum;
        }

        Task<long> CountAsync(int? worker) =>
            worker is { } number ? postgres.CountOutcomesAsync(cluster.Workers[number].Id) : Task.FromResult(0L);
    }

    /// <summary>Checks that a cut is one, and that it ends.</summary>
    private static void RequireReach(bool expected, (NetworkPlace From, NetworkPlace To, int Port)[] links)
    {
        foreach (var (from, to, port) in links)
        {
            if (TrialNetwork.Reaches(from, to, port) != expected)
                throw new InvalidOperationException($"{from.Address} {(expected ? "does not reach" : "reaches")} {to.Address}:{port}.");
        }
    }
}
