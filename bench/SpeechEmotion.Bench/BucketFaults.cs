using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>
/// A server and two workers with their recordings in a bucket that answers with errors, answers nothing, and cuts connections, for a minute
/// each, while a batch is processed and clients submit single recognitions. Every item and every accepted recognition must have one result,
/// and the export must equal that of the same programs with a folder, undisturbed.
/// </summary>
internal static class BucketFaults
{
    private const int Workers = 2;
    private const int SinglesEachFault = 5;

    private static readonly string[] Faults = ["error", "slow", "cut"];
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string program, string audio, int clips, int seconds)
    {
        var root = Directory.CreateTempSubdirectory("ser-bucket-").FullName;
        try
        {
            var recordings = Path.Combine(root, "recordings");
            BatchKills.CopyClips(audio, recordings, clips, repeat: true);
            var calm = await CalmAsync(program, recordings, root);
            await using var postgres = TrialDatabase.Start();
            await using var bucket = await TrialBucket.StartAsync();
            await using var cluster = new Cluster(program, recordings, Path.Combine(root, "cluster"), postgres, bucket.Files);
            await cluster.StartAsync(servers: 1, Workers, sends: true);
            var began = Stopwatch.StartNew();
            foreach (var fault in Faults)
            {
                await Task.Delay(Calm);
                var before = await postgres.CountAsync("SELECT count(*) FROM batch_outcomes");
                await bucket.FaultAsync(fault);
                var singles = cluster.SubmitAsync(SinglesEachFault);
                await Task.Delay(TimeSpan.FromSeconds(seconds));
                var after = await postgres.CountAsync("SELECT count(*) FROM batch_outcomes");
                await bucket.FaultAsync("none");
                var wait = Stopwatch.StartNew();
                await singles;
                WorkerKills.Print(
                    $"{fault}: {before} outcomes before, {after} after {seconds} s; requests ended {wait.Elapsed.TotalSeconds:F1} s later");
            }
            await cluster.DoneAsync();
            var lost = await cluster.CountUnfinishedAsync();
            var same = await cluster.ExportAsync() == calm;
            var outcomes = await postgres.CountAsync("SELECT count(*) FROM batch_outcomes");
            WorkerKills.Print(
                $"{outcomes} outcomes for {clips} clips in {began.Elapsed.TotalSeconds:F0} s; export {(same ? "equal" : "different")}");
            WorkerKills.Print($"single recognitions: {cluster.Accepted.Count} accepted, {lost} without a result");
            return same && outcomes == clips && lost == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Returns the results of the same server and workers with a folder instead of a bucket.</summary>
    private static async Task<string> CalmAsync(string program, string recordings, string root)
    {
        await using var postgres = TrialDatabase.Start();
        await using var cluster = new Cluster(program, recordings, Path.Combine(root, "calm"), postgres);
        await cluster.StartAsync(servers: 1, Workers, sends: true);
        await cluster.DoneAsync();
        return await cluster.ExportAsync();
    }
}
