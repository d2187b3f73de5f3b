using System.Threading.Channels;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>
/// Stores outcomes in groups, because a transaction costs more than an outcome, and returns each chunk after its last item.
/// </summary>
/// <param name="worker">The name under which the chunks are leased.</param>
/// <param name="lanes">Number of recordings that are recognized at once.</param>
/// <param name="parts">The database and the clock.</param>
/// <param name="stored">Called after each transaction, with the outcomes that are now in the database.</param>
internal sealed class OutcomeWriter(string worker, int lanes, EngineParts parts, Action<IReadOnlyList<StoredOutcome>> stored)
{
    /// <summary>Most outcomes of a group.</summary>
    private const int GroupItems = 16;

    /// <summary>How long a group waits for more outcomes: a crash repeats at most the recordings of that time.</summary>
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(200);

    private readonly Channel<(BatchTask Task, BatchOutcomeEntry? Outcome)> _results =
        Channel.CreateBounded<(BatchTask, BatchOutcomeEntry?)>(lanes);

    /// <summary>
    /// Most recordings that were begun but not stored: running, queued, and in the group that is being stored. Recordings begin in
    /// order, so after a crash one of that many caused it.
    /// </summary>
    public int MostUnstored => (2 * lanes) + GroupItems;

    /// <summary>Queues an outcome; null if the item was skipped.</summary>
    public ValueTask AddAsync(BatchTask task, BatchOutcomeEntry? outcome, CancellationToken ct) =>
        _results.Writer.WriteAsync((task, outcome), ct);

    /// <summary>Announces that no more outcomes follow.</summary>
    public void Complete() => _results.Writer.TryComplete();

    /// <summary>Stores outcomes until <see cref="Complete"/>.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (await ReadGroupAsync(ct) is { Count: > 0 } group)
        {
            foreach (var chunk in group.GroupBy(result => result.Task.Run))
                await StoreAsync(chunk.Key, [.. chunk], ct);
        }
    }

    private Task<IReadOnlyList<(BatchTask Task, BatchOutcomeEntry? Outcome)>> ReadGroupAsync(CancellationToken ct) =>
        _results.Reader.ReadGroupAsync(GroupItems, GroupTime, parts.Time, result => result.Task.IsAlone, ct);

    private async Task StoreAsync(ChunkRun run, IReadOnlyList<(BatchTask Task, BatchOutcomeEntry? Outcome)> results, CancellationToken ct)
    {
        StoredOutcome[] outcomes =
            [.. from result in results where result.Outcome is not null select new StoredOutcome(result.Task.Item, result.Outcome!)];
        if (outcomes.Length > 0)
        {
            using var span = ServerTraces.Part("record", run.Span);
            if (await parts.Leases.StoreAsync(worker, run.Chunk, [.. outcomes.Select(outcome => outcome.Outcome)], ct))
            {
                parts.Metrics.Count(outcomes);
                stored(outcomes);
            }
            else
            {
                run.Stop();
            }
        }
        foreach (var (task, _) in results)
            task.End();
        if (!run.EndItems(results.Count))
            return;
        await parts.Leases.ReturnAsync(worker, run.Chunk, ct);
        await parts.Batches.CompleteAsync(run.Batch.Id, ct);
        run.End();
    }
}
