using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>A server that leaves a batch to workers, the workers, and their database.</summary>
/// <param name="program">Path of <c>ser-server</c>.</param>
/// <param name="recordings">The recordings of the batch.</param>
/// <param name="output">The output folder of the server.</param>
/// <param name="postgres">The database.</param>
internal sealed class Cluster(string program, string recordings, string output, TrialDatabase postgres) : IAsyncDisposable
{
    private readonly List<Process> _workers = [];
    private BatchServer? _server;

    /// <summary>The processes of the workers.</summary>
    public IReadOnlyList<Process> Workers => _workers;

    /// <summary>Starts the server and the workers, and creates the batch.</summary>
    /// <param name="workers">Number of workers.</param>
    /// <param name="launcher">A command that starts each worker, with its number for <c>{0}</c>: <c>taskset -c {0}</c>.</param>
    public async Task StartAsync(int workers, string? launcher = null)
    {
        await StartServerAsync();
        for (var i = 0; i < workers; i++)
            _workers.Add(StartWorker(launcher is null ? [] : launcher.Replace("{0}", $"{i}", StringComparison.Ordinal).Split(' ')));
        await _server!.CreateAsync();
    }

    /// <summary>Kills something at each interval and starts it again, until the batch is done.</summary>
    /// <returns>The number of kills.</returns>
    public async Task<int> DisturbAsync(int kills, TimeSpan interval, Random random)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(interval);
            if (await _server!.IsDoneAsync())
                return kill;
            var victim = random.Next(_workers.Count + 2);
            if (victim < _workers.Count)
                KillWorker(victim);
            else if (victim == _workers.Count)
                KillDatabase();
            else
                await KillServerAsync();
            var name = victim < _workers.Count ? "a worker" : victim == _workers.Count ? "the database" : "the server";
            WorkerKills.Print($"kill {kill + 1}: {name}");
        }
        return kills;
    }

    /// <summary>Waits until the batch is done.</summary>
    public Task DoneAsync() => _server!.DoneAsync();

    /// <summary>Returns the results as CSV.</summary>
    public Task<string> ExportAsync() => _server!.ExportAsync();

    public ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            worker.Kill(entireProcessTree: true);
            worker.WaitForExit();
            worker.Dispose();
        }
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void KillWorker(int number)
    {
        _workers[number].Kill();
        _workers[number].WaitForExit();
        _workers[number].Dispose();
        _workers[number] = StartWorker([]);
    }

    private void KillDatabase()
    {
        postgres.Kill();
        postgres.StartAgain();
    }

    private async Task KillServerAsync()
    {
        _server!.Dispose();
        await StartServerAsync();
    }

    private async Task StartServerAsync() => _server = await BatchServer.StartAsync(
        program, ["--output", output, "--batch-root", recordings, "--database", postgres.Address, "--no-batches"]);

    private Process StartWorker(string[] launcher)
    {
        string[] line = [.. launcher, program, "worker", "--database", postgres.Address, "--files", output, "--model", "compact"];
        var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
