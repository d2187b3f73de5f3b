using System.Collections.Concurrent;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>
/// The batches that this program cannot process, because it lacks their model, their files or the room for these. With a shared database,
/// it leaves such a batch to other programs for a minute, and pauses it with the reason if it makes no progress for a few minutes. A
/// program that is alone pauses the batch at once.
/// </summary>
public sealed class BlockedBatches(HistoryDatabase database, BatchStore batches, TimeProvider time, ILogger<BlockedBatches> logger)
{
    /// <summary>The program pauses a batch after this many blocks without progress.</summary>
    private const int MostBlocks = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<int, Block> _blocks = [];

    /// <param name="Since">Timestamp of the block.</param>
    /// <param name="Completed">Number of items with an outcome at that time.</param>
    /// <param name="Times">Number of blocks with that number.</param>
    /// <param name="Reason">Why.</param>
    private sealed record Block(long Since, int Completed, int Times, SpeechEmotionException Reason);

    /// <summary>The batches that this program must not take now.</summary>
    public IReadOnlyCollection<int> Current => [.. _blocks.Keys.Where(Has)];

    /// <summary>The same batches, with the reasons.</summary>
    public IReadOnlyList<(int Batch, SpeechEmotionException Reason)> Reasons =>
        [.. _blocks.Where(pair => Has(pair.Key)).Select(pair => (pair.Key, pair.Value.Reason))];

    /// <summary>Whether this program must not take a batch now.</summary>
    public bool Has(int batch) => _blocks.TryGetValue(batch, out var block) && time.GetElapsedTime(block.Since) < Pause;

    /// <summary>Adds a batch, whose running items the caller must stop.</summary>
    public async Task AddAsync(int batch, SpeechEmotionException reason, CancellationToken ct)
    {
        if (database.IsShared && await BlockAsync(batch, reason, ct))
            return;
        _blocks.TryRemove(batch, out _);
        await batches.PauseAsync(batch, reason, ct);
    }

    /// <returns>False if the batch makes no progress.</returns>
    private async Task<bool> BlockAsync(int batch, SpeechEmotionException reason, CancellationToken ct)
    {
        // Several recordings that run at the same time report the same.
        if (Has(batch))
            return true;
        var completed = (await batches.ReadProgressAsync(batch, ct)).Completed;
        var times = _blocks.TryGetValue(batch, out var last) && last.Completed == completed ? last.Times + 1 : 1;
        if (times > MostBlocks)
            return false;
        _blocks[batch] = new(time.GetTimestamp(), completed, times, reason);
        Log.BatchBlocked(logger, batch, reason.Code, reason.Message);
        return true;
    }
}
