namespace SpeechEmotion.Bench;

/// <summary>
/// What trials of programs that share a database have in common: the recordings, the export of an undisturbed run, and the counts at the
/// end. The files of a trial that fails stay, with the logs of the programs.
/// </summary>
internal sealed class ClusterTrial : IDisposable
{
    /// <summary>A batch or recognition that takes longer than this after the last disturbance does not end.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>When the lease of a dead worker, a minute, has run out, others take its chunk at their next look at the database.</summary>
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(90);

    private readonly string _root = Directory.CreateTempSubdirectory("ser-trial-").FullName;
    private readonly int _clips;
    private bool _isPassed;

    /// <summary>Copies the recordings.</summary>
    public ClusterTrial(string audio, int clips)
    {
        _clips = clips;
        BatchKills.CopyClips(audio, Recordings, clips, repeat: true);
    }

    /// <summary>The recordings of the batch.</summary>
    public string Recordings => FolderOf("recordings");

    /// <summary>A folder of the trial.</summary>
    public string FolderOf(string name) => Path.Combine(_root, name);

    /// <summary>Returns the results of an undisturbed run.</summary>
    public async Task<string> CalmAsync(string program, int servers, int workers, bool sends = false)
    {
        await using var postgres = TrialDatabase.Start();
        await using var cluster = new Cluster(program, Recordings, FolderOf("calm"), postgres);
        await cluster.StartAsync(servers, workers);
        await cluster.CreateAsync(sends);
        await cluster.DoneAsync();
        return await cluster.ExportAsync();
    }

    /// <summary>Waits until the batch and all recognitions are done, and prints whether each has one outcome.</summary>
    /// <param name="calm">The results of an undisturbed run.</param>
    /// <param name="postgres">The database.</param>
    /// <param name="watch">Has watched the batch since its creation.</param>
    /// <param name="clusters">The programs. The first ones answer.</param>
    /// <returns>The exit code of the benchmark.</returns>
    public async Task<int> EndAsync(string calm, TrialDatabase postgres, OutcomeWatch watch, params Cluster[] clusters)
    {
        await clusters[0].DoneAsync().WaitAsync(Limit);
        var accepted = clusters.SelectMany(cluster => cluster.Accepted).ToList();
        var lost = await clusters[0].CountUnfinishedAsync(accepted).WaitAsync(Limit);
        var same = await clusters[0].ExportAsync() == calm;
        var outcomes = await postgres.CountOutcomesAsync();
        var ended = clusters.Sum(cluster => cluster.CountEnded());
        WorkerKills.Print($"{outcomes} outcomes for {_clips} clips; export {(same ? "equal" : "different")}");
        WorkerKills.Print($"single recognitions: {accepted.Count} accepted, {lost} without a result");
        WorkerKills.Print($"longest time without an outcome: {watch.Longest.TotalSeconds:F0} s, until {watch.LongestEnd:HH:mm:ss}");
        WorkerKills.Print($"programs that ended by themselves: {ended}");
        _isPassed = same && outcomes == _clips && lost == 0 && ended == 0 && watch.Longest <= LongestStall;
        return _isPassed ? 0 : 1;
    }

    public void Dispose()
    {
        if (_isPassed)
            Directory.Delete(_root, recursive: true);
        else
            Console.WriteLine($"The files stay in {_root}");
    }
}
