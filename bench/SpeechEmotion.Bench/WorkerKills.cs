using System.Diagnostics;
using Npgsql;

namespace SpeechEmotion.Bench;

/// <summary>
/// Two servers and three workers on PostgreSQL, while clients submit single recognitions. Every ten seconds one of them, or the database,
/// is killed with SIGKILL at random and started again. Every item and every accepted recognition must have one outcome, and the export
/// must equal that of an undisturbed server.
/// </summary>
internal static class WorkerKills
{
    private const int Seed = 16;
    private const int Servers = 2;
    private const int Workers = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string program, string audio, int clips, int kills)
    {
        var root = Directory.CreateTempSubdirectory("ser-workers-").FullName;
        try
        {
            var recordings = Path.Combine(root, "recordings");
            BatchKills.CopyClips(audio, recordings, clips, repeat: true);
            string calm;
            using (var server = await BatchServer.StartAsync(program, ["--output", Path.Combine(root, "calm"), "--batch-root", recordings]))
            {
                await server.CreateAsync();
                await server.DoneAsync();
                calm = await server.ExportAsync();
            }
            await using var postgres = TrialDatabase.Start();
            var cluster = new Cluster(program, recordings, Path.Combine(root, "cluster"), postgres);
            await cluster.StartAsync(Servers, Workers);
            using var watch = new CancellationTokenSource();
            var stall = Task.Run(() => LongestStallAsync(postgres, watch.Token));
            var done = await cluster.DisturbAsync(kills, Interval, new Random(Seed));
            await cluster.DoneAsync();
            await watch.CancelAsync();
            var lost = await cluster.CountUnfinishedAsync();
            var same = await cluster.ExportAsync() == calm;
            var outcomes = await postgres.CountAsync("SELECT count(*) FROM batch_outcomes");
            Print($"killed {done} times; {outcomes} outcomes for {clips} clips; export {(same ? "equal" : "different")}");
            Print($"single recognitions: {cluster.Accepted.Count} accepted, {lost} without a result");
            Print($"longest time without an outcome: {(await stall).TotalSeconds:F0} s");
            await cluster.DisposeAsync();
            return same && outcomes == clips && lost == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    internal static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));

    private static async Task<TimeSpan> LongestStallAsync(TrialDatabase postgres, CancellationToken ct)
    {
        var (longest, last, since) = (TimeSpan.Zero, 0L, Stopwatch.StartNew());
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var count = await postgres.CountAsync("SELECT count(*) FROM batch_outcomes");
                if (count != last)
                {
                    if (last > 0 && since.Elapsed > longest)
                        longest = since.Elapsed;
                    (last, since) = (count, Stopwatch.StartNew());
                }
            }
            catch (NpgsqlException)
            {
                // The database was killed.
            }
            await Task.Delay(200, CancellationToken.None);
        }
        return longest;
    }
}
