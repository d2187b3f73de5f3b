using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>
/// Replaces a server and a worker by those of a newer version, which use a broker, while a batch is processed and clients submit single
/// recognitions to both. Every item and every accepted recognition must have one outcome, the old programs must stop when they are asked
/// to, and the export must equal that of the old version, undisturbed.
/// </summary>
internal static class RollingUpdate
{
    private const int SinglesEachTime = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string before, string after, string audio, int clips)
    {
        using var trial = new ClusterTrial(audio, clips);
        var calm = await trial.CalmAsync(before, servers: 1, workers: 1);
        await using var postgres = TrialDatabase.Start();
        using var broker = TrialBroker.Start(trial.FolderOf("broker"));
        var files = trial.FolderOf("files");
        await using var old = new Cluster(before, trial.Recordings, trial.FolderOf("old"), postgres) { Files = files };
        await using var updated = new Cluster(after, trial.Recordings, trial.FolderOf("new"), postgres) { Files = files, Broker = broker };
        await old.StartAsync(servers: 1, workers: 1);
        await old.CreateAsync();
        await using var watch = new OutcomeWatch(postgres);
        await old.SubmitAsync(SinglesEachTime);
        await Task.Delay(Pause);
        WorkerKills.Print($"old programs: {await postgres.CountOutcomesAsync()} outcomes");

        await updated.StartAsync(servers: 1, workers: 1);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(old.SubmitAsync(SinglesEachTime), updated.SubmitAsync(SinglesEachTime));
        while (await postgres.CountOutcomesAsync(updated.Workers[0].Id) == 0 && !await updated.IsDoneAsync())
            await Task.Delay(100);
        WorkerKills.Print(
            $"both: {await postgres.CountOutcomesAsync()} outcomes, the first of the new worker after {clock.Elapsed.TotalSeconds:F1} s");
        await Task.Delay(Pause);

        await Task.WhenAll(old.SubmitAsync(SinglesEachTime), updated.SubmitAsync(SinglesEachTime));
        var codes = await old.StopAsync();
        await updated.SubmitAsync(SinglesEachTime);
        WorkerKills.Print(
            $"the old ones stopped with {string.Join(", ", codes)}: {await postgres.CountOutcomesAsync()} outcomes");
        var result = await trial.EndAsync(calm, postgres, watch, updated, old);
        return codes.All(code => code == 0) ? result : 1;
    }
}
