using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>
/// A server and two workers with their recordings in a bucket that answers with errors, answers nothing, and cuts connections, for a minute
/// each, while a batch is processed and clients submit single recognitions. Every item and every accepted recognition must have one result,
/// and the export must equal that of the same programs with a folder, undisturbed.
/// </summary>
internal static class BucketFaults
{
    private const int Servers = 1;
    private const int Workers = 2;
    private const int SinglesEachFault = 5;

    private static readonly string[] Faults = ["error", "slow", "cut"];
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string program, string audio, int clips, int seconds)
    {
        using var trial = new ClusterTrial(audio, clips);
        var calm = await trial.CalmAsync(program, Servers, Workers, sends: true);
        await using var postgres = TrialDatabase.Start();
        await using var bucket = await TrialBucket.StartAsync();
        await using var cluster = new Cluster(program, trial.Recordings, trial.FolderOf("cluster"), postgres) { Files = bucket.Files };
        await cluster.StartAsync(Servers, Workers);
        await cluster.CreateAsync(sends: true);
        await using var watch = new OutcomeWatch(postgres);
        foreach (var fault in Faults)
        {
            await Task.Delay(Calm);
            var before = await postgres.CountOutcomesAsync();
            await bucket.FaultAsync(fault);
            var singles = cluster.SubmitAsync(SinglesEachFault);
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            var after = await postgres.CountOutcomesAsync();
            await bucket.FaultAsync("none");
            var wait = Stopwatch.StartNew();
            await singles;
            WorkerKills.Print(
                $"{fault}: {before} outcomes before, {after} after {seconds} s; requests ended {wait.Elapsed.TotalSeconds:F1} s later");
        }
        return await trial.EndAsync(calm, postgres, watch, cluster);
    }
}
