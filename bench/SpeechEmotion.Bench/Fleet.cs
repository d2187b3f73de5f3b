using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Bench;

/// <summary>
/// What many workers need from PostgreSQL and RabbitMQ, while they are idle, while a slow source adds recordings, and while many wait. All
/// is real but the model, which waits.
/// </summary>
internal sealed class Fleet(TrialDatabase postgres, TrialBroker? broker, int workers, int perSecond, int seconds)
{
    private const int ClipSamples = 4000;
    private const int GroupItems = 1000;

    private const string Waiting = "SELECT count(*) FROM batch_chunks WHERE \"State\" = 0";
    private const string Connections = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'";
    private const string TableBytes = """
        SELECT (pg_total_relation_size('batch_outcomes') + pg_total_relation_size('batch_items')
            + pg_total_relation_size('batch_chunks'))::bigint
        """;

    /// <summary>How long the fleet is idle, and how long a source adds recordings as fast as the fleet processes them.</summary>
    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(30);

    /// <summary>How often a slow source adds a group.</summary>
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(500);

    /// <summary>What the start has begun ends in this time.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly FleetWaits _waits = new();
    private long _connections;
    private long _tickets;

    public static async Task<int> RunAsync(int workers, int perSecond, int seconds, bool hasBroker)
    {
        var root = Directory.CreateTempSubdirectory("ser-fleet-").FullName;
        try
        {
            await using var postgres = TrialDatabase.Start(settings: "max_connections = 1500");
            using var broker = hasBroker ? TrialBroker.Start(Path.Combine(root, "broker"), nodes: 1) : null;
            return await new Fleet(postgres, broker, workers, perSecond, seconds).RunAsync(root);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private async Task<int> RunAsync(string root)
    {
        var clips = WriteClips(Path.Combine(root, "recordings"), perSecond * seconds);
        // A worker processes as many recordings at once as there are cores.
        var pause = TimeSpan.FromSeconds((double)workers * Environment.ProcessorCount / perSecond);
        Print($"{workers} workers, {clips.Length} recordings of {pause.TotalSeconds:F2} s, {(broker is null ? "no broker" : "RabbitMQ")}");
        var settings = new Dictionary<string, string?> { ["Server:Database"] = postgres.Address, ["Server:Broker"] = broker?.Address };
        await using var programs = await FleetPrograms.StartAsync(root, settings, workers, () => new(pause, _waits));
        await Task.Delay(Calm);
        using var end = new CancellationTokenSource();
        var watch = Task.Run(() => WatchAsync(end.Token));
        var batch = await PhasesAsync(programs.Server, clips);
        await end.CancelAsync();
        await watch;
        var (outcomes, repeated) = (await postgres.CountAsync("SELECT count(*) FROM batch_outcomes"), programs.Runs - clips.Length);
        Print($"{outcomes} outcomes of {clips.Length} recordings, {repeated} processed twice; the batch is {batch}");
        var bytes = await postgres.CountAsync(TableBytes);
        Print($"tables and indexes: {(double)bytes / clips.Length:F0} bytes for each recording; at most {_tickets} tickets");
        return outcomes == clips.Length && batch == BatchState.Done ? 0 : 1;
    }

    private async Task<BatchState> PhasesAsync(IServiceProvider server, SourceItem[] clips)
    {
        var (store, intake) = (server.GetRequiredService<BatchStore>(), server.GetRequiredService<BatchIntake>());
        var start = await ReadAsync();
        await Task.Delay(Phase);
        var idle = await ReadAsync();
        Report("idle", start, idle);

        var batch = (await store.CreateAsync("fleet", new BatchOptions(), 0, CancellationToken.None)).Id;
        using var timer = new PeriodicTimer(GroupTime);
        var (added, step) = (0, (int)(perSecond * GroupTime.TotalSeconds));
        for (var i = 0; i < Phase / GroupTime; i++, added += step)
        {
            await intake.AddAsync(batch, clips[added..(added + step)], CancellationToken.None);
            await timer.WaitForNextTickAsync();
        }
        var fed = await ReadAsync();
        Report("a slow source", idle, fed);
        foreach (var group in clips[added..].Chunk(GroupItems))
            await intake.AddAsync(batch, group, CancellationToken.None);
        await intake.SealAsync(batch, CancellationToken.None);
        var full = await ReadAsync();
        Print($"added {clips.Length - added} recordings in {Stopwatch.GetElapsedTime(fed.Time, full.Time).TotalSeconds:F1} s");
        await UntilAsync(async () => await postgres.CountAsync(Waiting) == 0);
        var last = await ReadAsync();
        Report("chunks wait", full, last);
        await UntilAsync(async () => (await store.FindAsync(batch, CancellationToken.None))!.State == BatchState.Done);
        Report("last chunks", last, await ReadAsync());
        return (await store.FindAsync(batch, CancellationToken.None))!.State;
    }

    private Task<FleetUsage> ReadAsync() => FleetUsage.ReadAsync(postgres, broker);

    private void Report(string phase, FleetUsage from, FleetUsage to)
    {
        Print($"{phase}: {FleetUsage.Describe(from, to)}; at most {Interlocked.Exchange(ref _connections, 0)} connections");
        if (_waits.Take() is { Ticks: > 0 } longest)
            Print($"    longest time that a worker had nothing while chunks waited: {longest.TotalSeconds:F1} s");
    }

    /// <summary>Waits for a moment that must come within the time that all recordings take.</summary>
    private async Task UntilAsync(Func<Task<bool>> isReached)
    {
        for (var left = TimeSpan.FromSeconds(seconds * 2); !await isReached() && left > TimeSpan.Zero; left -= Interval)
            await Task.Delay(Interval);
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        var queues = broker is not null && BrokerAddress.TryParse(broker.Address, out var address)
            ? await BrokerLink.ConnectAsync(address, TimeProvider.System, CancellationToken.None)
            : null;
        while (!ct.IsCancellationRequested)
        {
            _waits.Set(await postgres.CountAsync(Waiting) > 0);
            var connections = await postgres.CountAsync(Connections);
            _connections = Math.Max(_connections, connections);
            if (queues is not null)
                _tickets = Math.Max(_tickets, await queues.CountAsync(WorkQueue.Chunks, CancellationToken.None));
            await Task.Delay(Interval, CancellationToken.None);
        }
        if (queues is not null)
            await queues.DisposeAsync();
    }

    /// <summary>Writes short clips. Equal ones would be recognized once.</summary>
    private static SourceItem[] WriteClips(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(0);
        var samples = new float[ClipSamples];
        return [.. Enumerable.Range(0, count).Select(i => Write($"{i:D6}.wav"))];

        SourceItem Write(string name)
        {
            for (var i = 0; i < samples.Length; i++)
                samples[i] = (float)((random.NextDouble() - 0.5) * 0.2);
            var path = Path.Combine(folder, name);
            using (var writer = new WavWriter(path))
            {
                writer.Write(samples);
                writer.Finish();
            }
            return new(name, path) { Size = new FileInfo(path).Length };
        }
    }

    private static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
