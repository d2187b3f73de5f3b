using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>Servers that leave a batch to workers, the workers, and their database.</summary>
/// <param name="program">Path of <c>ser-server</c>.</param>
/// <param name="recordings">The recordings of the batch.</param>
/// <param name="folder">A new folder for the output folders of the servers and the logs of the workers.</param>
/// <param name="postgres">The database.</param>
internal sealed class Cluster(string program, string recordings, string folder, TrialDatabase postgres) : IAsyncDisposable
{
    private const int SinglesEachKill = 10;

    private readonly List<Process> _workers = [];
    private readonly List<BatchServer> _servers = [];
    private readonly string[] _clips = Directory.GetFiles(recordings);
    private int _submitted;

    /// <summary>Where all share files.</summary>
    public string Files { get; init; } = Path.Combine(folder, "files");

    /// <summary>The broker; null for none.</summary>
    public TrialBroker? Broker { get; init; }

    /// <summary>
    /// The command that starts the worker of a number. Without one, workers leave the processor to the database and the broker, which would
    /// have machines of their own.
    /// </summary>
    public Func<int, string[]> Launcher { get; init; } = _ => ["nice"];

    /// <summary>The processes of the workers.</summary>
    public IReadOnlyList<Process> Workers => _workers;

    /// <summary>The single recognitions that a server has accepted.</summary>
    public List<string> Accepted { get; } = [];

    private string[] Shared =>
        ["--database", postgres.Address, "--files", Files, .. Broker is null ? [] : (string[])["--broker", Broker.Address]];

    /// <summary>Starts servers and workers.</summary>
    public async Task StartAsync(int servers, int workers)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < servers; i++)
            _servers.Add(await StartServerAsync(i));
        for (var i = 0; i < workers; i++)
            _workers.Add(StartWorker(i));
    }

    /// <summary>Creates the batch.</summary>
    /// <param name="sends">Whether its recordings are sent, instead of read from their folder.</param>
    public Task CreateAsync(bool sends = false) => sends ? _servers[0].SendAsync(recordings) : _servers[0].CreateAsync();

    /// <summary>Submits single recognitions to all servers, all at once.</summary>
    public async Task SubmitAsync(int count) => Accepted.AddRange(await Task.WhenAll(
        Enumerable.Range(Interlocked.Add(ref _submitted, count), count)
            .Select(i => _servers[i % _servers.Count].SubmitAsync(_clips[i % _clips.Length]))));

    /// <summary>
    /// At each interval, submits single recognitions, kills something and starts it again, until the batch is done. Nothing is killed
    /// again before everything was.
    /// </summary>
    /// <returns>The number of kills.</returns>
    public async Task<int> DisturbAsync(int kills, TimeSpan interval, Random random)
    {
        (string Name, Func<Task> KillAsync)[] victims = [.. Victims()];
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(interval);
            if (await IsDoneAsync())
                return kill;
            await SubmitAsync(SinglesEachKill);
            if (kill % victims.Length == 0)
                random.Shuffle(victims);
            var (name, killAsync) = victims[kill % victims.Length];
            var (began, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
            await killAsync();
            WorkerKills.Print($"{began:HH:mm:ss} kill {kill + 1}: {name}, started again after {clock.Elapsed.TotalSeconds:F1} s");
        }
        return kills;
    }

    /// <summary>Asks all programs to stop, and waits until they have.</summary>
    /// <returns>Their exit codes.</returns>
    public async Task<IReadOnlyList<int>> StopAsync()
    {
        List<Process> all = [.. _servers.Select(server => server.Process), .. _workers];
        all.ForEach(process => Script.Run("kill", "-TERM", $"{process.Id}"));
        await Task.WhenAll(all.Select(process => process.WaitForExitAsync()));
        return [.. all.Select(process => process.ExitCode)];
    }

    /// <summary>Whether the batch is done.</summary>
    public Task<bool> IsDoneAsync() => _servers[0].IsDoneAsync();

    /// <summary>Waits until the batch is done.</summary>
    public Task DoneAsync() => _servers[0].DoneAsync();

    /// <summary>Waits for the end of recognitions, and counts those without a result.</summary>
    public Task<int> CountUnfinishedAsync(IReadOnlyList<string> recognitions) => _servers[^1].CountUnfinishedAsync(recognitions);

    /// <summary>Counts the programs that ended with an error by themselves.</summary>
    public int CountEnded() =>
        _servers.Select(server => server.Process).Concat(_workers).Count(process => process is { HasExited: true, ExitCode: not 0 });

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

    /// <summary>What can be killed and started again.</summary>
    private IEnumerable<(string Name, Func<Task> KillAsync)> Victims()
    {
        for (var i = 0; i < _workers.Count; i++)
        {
            var number = i;
            yield return ("a worker", Blocking(() => KillWorker(number)));
        }
        for (var i = 0; i < _servers.Count; i++)
        {
            var number = i;
            yield return ("a server", () => KillServerAsync(number));
        }
        yield return ("the database", Blocking(postgres.Kill, postgres.StartAgain));
        if (Broker is null)
            yield break;
        yield return ("the node that leads the queue", Blocking(() => Broker.Kill(Broker.FindLeader()), Broker.StartAgain));
        yield return ("the broker with its data", Blocking(Broker.Wipe, Broker.StartAgain));
    }

    private static Func<Task> Blocking(params Action[] steps) => () => Task.Run(() => Array.ForEach(steps, step => step()));

    private void KillWorker(int number)
    {
        _workers[number].Kill();
        _workers[number].WaitForExit();
        _workers[number].Dispose();
        _workers[number] = StartWorker(number);
    }

    private async Task KillServerAsync(int number)
    {
        _servers[number].Dispose();
        _servers[number] = await StartServerAsync(number);
    }

    private Task<BatchServer> StartServerAsync(int number) => BatchServer.StartAsync(
        program, ["--output", Path.Combine(folder, $"server-{number}"), "--batch-root", recordings, "--no-batches", .. Shared]);

    private Process StartWorker(int number)
    {
        string[] line = [.. Launcher(number), program, "worker", "--model", "compact", .. Shared];
        var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true })!;
        var log = Path.Combine(folder, $"worker-{number}-{process.Id}.log");
        process.OutputDataReceived += (_, text) => File.AppendAllText(log, text.Data + "\n");
        process.BeginOutputReadLine();
        return process;
    }
}
