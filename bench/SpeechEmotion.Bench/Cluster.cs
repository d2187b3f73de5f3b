using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>Servers that leave a batch to workers, the workers, and their database.</summary>
/// <param name="program">Path of <c>ser-server</c>.</param>
/// <param name="recordings">The recordings of the batch.</param>
/// <param name="folder">A new folder for the files that all share, and the output folders of the servers.</param>
/// <param name="postgres">The database.</param>
/// <param name="files">Where all share files; null for a folder in <paramref name="folder"/>.</param>
internal sealed class Cluster(
    string program, string recordings, string folder, TrialDatabase postgres, string? files = null) : IAsyncDisposable
{
    private const int SinglesEachKill = 10;

    private readonly List<Process> _workers = [];
    private readonly List<BatchServer> _servers = [];

    private string Files => files ?? Path.Combine(folder, "files");

    /// <summary>The processes of the workers.</summary>
    public IReadOnlyList<Process> Workers => _workers;

    /// <summary>The single recognitions that a server has accepted.</summary>
    public List<string> Accepted { get; } = [];

    /// <summary>Starts the servers and the workers, and creates the batch.</summary>
    /// <param name="servers">Number of servers.</param>
    /// <param name="workers">Number of workers.</param>
    /// <param name="launcher">A command that starts each worker, with its number for <c>{0}</c>: <c>taskset -c {0}</c>.</param>
    /// <param name="sends">Whether the recordings of the batch are sent, instead of read from their folder.</param>
    public async Task StartAsync(int servers, int workers, string? launcher = null, bool sends = false)
    {
        for (var i = 0; i < servers; i++)
            _servers.Add(await StartServerAsync(i));
        for (var i = 0; i < workers; i++)
            _workers.Add(StartWorker(launcher is null ? [] : launcher.Replace("{0}", $"{i}", StringComparison.Ordinal).Split(' ')));
        await (sends ? _servers[0].SendAsync(recordings) : _servers[0].CreateAsync());
    }

    /// <summary>Submits single recognitions, all at once.</summary>
    public async Task SubmitAsync(int count)
    {
        var clips = Directory.GetFiles(recordings);
        Accepted.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(i => _servers[0].SubmitAsync(clips[i]))));
    }

    /// <summary>
    /// At each interval, submits single recognitions, kills something and starts it again, until the batch is done.
    /// </summary>
    /// <returns>The number of kills.</returns>
    public async Task<int> DisturbAsync(int kills, TimeSpan interval, Random random)
    {
        var clips = Directory.GetFiles(recordings);
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(interval);
            if (await _servers[0].IsDoneAsync())
                return kill;
            for (var i = 0; i < SinglesEachKill; i++)
                Accepted.Add(await _servers[random.Next(_servers.Count)].SubmitAsync(clips[random.Next(clips.Length)]));
            WorkerKills.Print($"kill {kill + 1}: {await KillAsync(random.Next(_workers.Count + _servers.Count + 1))}");
        }
        return kills;
    }

    /// <summary>Waits until the batch is done.</summary>
    public Task DoneAsync() => _servers[0].DoneAsync();

    /// <summary>Waits for the end of the accepted recognitions, and counts those without a result.</summary>
    public Task<int> CountUnfinishedAsync() => _servers[^1].CountUnfinishedAsync(Accepted);

    /// <summary>Returns the results as CSV.</summary>
    public Task<string> ExportAsync() => _servers[^1].ExportAsync();

    public ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            worker.Kill(entireProcessTree: true);
            worker.WaitForExit();
            worker.Dispose();
        }
        _servers.ForEach(server => server.Dispose());
        return ValueTask.CompletedTask;
    }

    /// <summary>Kills a worker, a server or the database, and starts it again.</summary>
    /// <returns>What was killed.</returns>
    private async Task<string> KillAsync(int victim)
    {
        if (victim < _workers.Count)
        {
            KillWorker(victim);
            return "a worker";
        }
        var server = victim - _workers.Count;
        if (server == _servers.Count)
        {
            postgres.Kill();
            postgres.StartAgain();
            return "the database";
        }
        _servers[server].Dispose();
        _servers[server] = await StartServerAsync(server);
        return "a server";
    }

    private void KillWorker(int number)
    {
        _workers[number].Kill();
        _workers[number].WaitForExit();
        _workers[number].Dispose();
        _workers[number] = StartWorker([]);
    }

    private Task<BatchServer> StartServerAsync(int number) => BatchServer.StartAsync(
        program,
        [
            "--output", Path.Combine(folder, $"server-{number}"), "--files", Files, "--batch-root", recordings,
            "--database", postgres.Address, "--no-batches",
        ]);

    private Process StartWorker(string[] launcher)
    {
        string[] line = [.. launcher, program, "worker", "--database", postgres.Address, "--files", Files, "--model", "compact"];
        var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
