using System.Collections.Concurrent;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>Reads batches with their progress and their speed. Clients that watch the same batch share the reading.</summary>
internal sealed class BatchViews : IDisposable
{
    /// <summary>How long the watchers of a batch share a view: they get at most four a second.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly BatchStore _batches;
    private readonly BatchSources _sources;
    private readonly BatchEngine _engine;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<int, BatchSpeed> _speeds = [];
    private readonly ConcurrentDictionary<int, (long At, Task<BatchView?> View)> _shared = [];

    // Outcomes of workers elsewhere are noticed only by the progress.
    private readonly bool _areShared;

    public BatchViews(HistoryDatabase database, BatchStore batches, BatchSources sources, BatchEngine engine, TimeProvider time)
    {
        (_areShared, _batches, _sources, _engine, _time) = (database.IsShared, batches, sources, engine, time);
        if (!_areShared)
            _engine.Stored += Add;
    }

    /// <summary>Returns a batch as it is now.</summary>
    /// <exception cref="RequestException"><c>batch.not_found</c>.</exception>
    public async Task<BatchView> GetAsync(int id, CancellationToken ct) =>
        await FindAsync(id, ct) ?? throw BatchRequestErrors.NotFound($"{id}");

    /// <summary>Returns a batch as it was at most <see cref="Interval"/> ago; null if it does not exist.</summary>
    public Task<BatchView?> WatchAsync(int id)
    {
        var now = _time.GetTimestamp();
        return _shared.AddOrUpdate(
            id,
            _ => (now, FindAsync(id, CancellationToken.None)),
            (_, last) => _time.GetElapsedTime(last.At, now) < Interval ? last : (now, FindAsync(id, CancellationToken.None))).View;
    }

    /// <summary>Returns the view of a batch that was read from the database.</summary>
    public async Task<BatchView> ViewOfAsync(BatchEntry batch, CancellationToken ct)
    {
        var progress = await _batches.ReadProgressAsync(batch.Id, ct);
        var sources = await _sources.ListAsync(batch.Id, ct);
        var failure = batch.State == BatchState.Running ? _engine.Failure : null;
        if (batch.State != BatchState.Running)
            Forget(batch.Id);
        else if (_areShared)
            Observe(batch.Id, progress);
        if (!_speeds.TryGetValue(batch.Id, out var speed))
            return new(batch, progress, sources, failure, null, null, null);
        lock (speed)
        {
            return speed.ItemsPerSecond > 0
                ? new(batch, progress, sources, failure, speed.ItemsPerSecond, speed.TimesRealTime, speed.Left(progress.Pending))
                : new(batch, progress, sources, failure, null, null, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Stored -= Add;

    private async Task<BatchView?> FindAsync(int id, CancellationToken ct)
    {
        if (await _batches.FindAsync(id, ct) is { } batch)
            return await ViewOfAsync(batch, ct);
        Forget(id);
        return null;
    }

    private void Add(IReadOnlyList<StoredOutcome> outcomes)
    {
        foreach (var group in outcomes.GroupBy(outcome => outcome.Item.BatchId))
        {
            var speed = _speeds.GetOrAdd(group.Key, _ => new(_time));
            lock (speed)
                speed.Add(group.Count(), group.Sum(outcome => outcome.Outcome.Duration ?? 0));
        }
    }

    private void Observe(int batch, BatchProgress progress)
    {
        var speed = _speeds.GetOrAdd(batch, _ => new(_time));
        lock (speed)
            speed.Observe(progress.Completed, progress.Seconds);
    }

    private void Forget(int id)
    {
        _speeds.TryRemove(id, out _);
        _shared.TryRemove(id, out _);
    }
}
