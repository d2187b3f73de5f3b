namespace SpeechEmotion.Bench;

/// <summary>
/// Two servers and three workers on PostgreSQL, while clients submit single recognitions. Every ten seconds one of them, or the database,
/// is killed with SIGKILL at random and started again; with a broker, also the node that leads its queue, or all its nodes with their data.
/// Every item and every accepted recognition must have one outcome, and the export must equal that of the same programs, undisturbed.
/// </summary>
internal static class WorkerKills
{
    private const int Seed = 16;
    private const int Servers = 2;
    private const int Workers = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string program, string audio, int clips, int kills, bool hasBroker)
    {
        using var trial = new ClusterTrial(audio, clips);
        var calm = await trial.CalmAsync(program, Servers, Workers);
        await using var postgres = TrialDatabase.Start();
        using var broker = hasBroker ? TrialBroker.Start(trial.FolderOf("broker")) : null;
        await using var cluster = new Cluster(program, trial.Recordings, trial.FolderOf("cluster"), postgres) { Broker = broker };
        await cluster.StartAsync(Servers, Workers);
        await cluster.CreateAsync();
        await using var watch = new OutcomeWatch(postgres);
        var done = await cluster.DisturbAsync(kills, Interval, new Random(Seed));
        Print($"killed {done} times");
        return await trial.EndAsync(calm, postgres, watch, cluster);
    }

    internal static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
