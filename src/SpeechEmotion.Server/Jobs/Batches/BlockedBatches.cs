using System.Collections.Concurrent;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>
/// The batches that this program cannot process, because it lacks their model or their folder. If others share the database, it leaves
/// such a batch to them for a minute; a program that is alone pauses the batch with the reason.
/// </summary>
public sealed class BlockedBatches(HistoryDatabase database, BatchStore batches, TimeProvider time, ILogger<BlockedBatches> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<int, (long Since, RequestException Reason)> _blocked = [];

    /// <summary>The batches that this program must not take now.</summary>
    public IReadOnlyCollection<int> Current
    {
        get
        {
            foreach (var (batch, (since, _)) in _blocked)
            {
                if (time.GetElapsedTime(since) >= Pause)
                    _blocked.TryRemove(batch, out _);
            }
            return [.. _blocked.Keys];
        }
    }

    /// <summary>Returns why this program cannot process a batch; null if it can.</summary>
    public RequestException? ReasonOf(int batch) => _blocked.TryGetValue(batch, out var found) ? found.Reason : null;

    /// <summary>Adds a batch, whose running items the caller must stop.</summary>
    public async Task AddAsync(int batch, RequestException reason, CancellationToken ct)
    {
        if (!database.IsShared)
            await batches.PauseAsync(batch, reason, ct);
        else if (_blocked.TryAdd(batch, (time.GetTimestamp(), reason)))
            Log.BatchBlocked(logger, batch, reason.Code, reason.Message);
    }
}
