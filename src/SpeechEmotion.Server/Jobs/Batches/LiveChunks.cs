using System.Collections.Concurrent;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>
/// The chunks that the engine processes. It renews their leases, and stops a chunk if its batch was paused, if a batch of greater
/// priority has work, or if another batch has waited for its turn.
/// </summary>
internal sealed class LiveChunks(string worker, EngineParts parts)
{
    /// <summary>How soon a pause or a change of priority takes effect if its notice is lost.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The shortest pause between two looks: each recording of a source that is being read is a notice.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a batch is processed while another one of equal priority waits.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RenewalInterval = ChunkLeases.Duration / 3;

    private readonly ConcurrentDictionary<ChunkRun, bool> _runs = [];

    /// <summary>Adds a chunk, until its lease ends.</summary>
    public void Add(ChunkRun run)
    {
        _runs.TryAdd(run, true);
        run.Ended.ContinueWith(_ => _runs.TryRemove(run, out var _), TaskScheduler.Default);
    }

    /// <summary>Skips all items that have not begun.</summary>
    public void StopAll()
    {
        foreach (var run in _runs.Keys)
            run.Stop();
    }

    /// <summary>Skips the items of a batch that have not begun.</summary>
    public void Stop(int batch)
    {
        foreach (var run in _runs.Keys.Where(run => run.Batch.Id == batch))
            run.Stop();
    }

    /// <summary>Completes when no chunk is left.</summary>
    public Task EndedAsync(CancellationToken ct) => Task.WhenAll(_runs.Keys.Select(run => run.Ended)).WaitAsync(ct);

    /// <summary>Watches the chunks until it is cancelled.</summary>
    public async Task WatchAsync(CancellationToken ct)
    {
        var renewed = parts.Time.GetTimestamp();
        var changed = parts.Board.Next(NoticeKind.Batch);
        while (true)
        {
            await Task.WhenAny(changed, Task.Delay(Interval, parts.Time, ct));
            await Task.Delay(Pause, parts.Time, ct);
            changed = parts.Board.Next(NoticeKind.Batch);
            if (_runs.IsEmpty)
                continue;
            if (parts.Time.GetElapsedTime(renewed) >= RenewalInterval)
            {
                await parts.Leases.RenewAsync(worker, ct);
                renewed = parts.Time.GetTimestamp();
            }
            var running = await parts.Batches.ListRunningAsync(ct);
            foreach (var run in _runs.Keys.Where(run => IsOver(run, running)))
                run.Stop();
        }
    }

    private bool IsOver(ChunkRun run, IReadOnlyList<RunningBatch> running) =>
        running.FirstOrDefault(batch => batch.Id == run.Batch.Id) is not { } own
        || running.Any(other => other.Id != own.Id && other.HasWork && !parts.Blocked.Has(other.Id)
            && (other.Priority > own.Priority || (other.Priority == own.Priority && parts.Time.GetElapsedTime(run.Started) > Turn)));
}
