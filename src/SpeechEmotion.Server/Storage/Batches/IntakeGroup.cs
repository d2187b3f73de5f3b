using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Sources;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The recordings that one transaction adds to a batch.</summary>
/// <param name="context">The context of the transaction.</param>
/// <param name="batch">The batch, tracked.</param>
/// <param name="locationOf">Returns where a stored location is for this program.</param>
/// <param name="now">Time of the outcomes, in milliseconds since 1970.</param>
internal sealed class IntakeGroup(HistoryContext context, BatchEntry batch, Func<string, string> locationOf, long now)
{
    /// <summary>Most recordings of one name in different locations; further ones are counted as repeated.</summary>
    private const int MostNamesakes = 1000;

    /// <summary>Most metadata columns of a batch; values of further ones stay with their items, but are not exported.</summary>
    private const int MostColumns = 200;

    private readonly List<BatchItemEntry> _added = [];
    private readonly List<BatchOutcomeEntry> _refused = [];
    private readonly List<int> _seen = [];
    private readonly List<string> _columns = JsonSerializer.Deserialize(batch.Columns, BatchRowsContext.Readable.ListString)!;
    private Dictionary<string, BatchItemEntry?> _known = [];
    private HashSet<int> _refusedBefore = [];

    /// <summary>The name of a further recording that has the name of another one.</summary>
    public static string NameOf(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");

    /// <summary>Adds the recordings, with their chunks.</summary>
    /// <param name="items">The recordings.</param>
    /// <param name="unchanged">Names of recordings whose bytes are those of their outcome although the file's time differs.</param>
    /// <param name="ct">Cancels the operation.</param>
    public async Task AddAsync(IReadOnlyList<SourceItem> items, HashSet<string> unchanged, CancellationToken ct)
    {
        string[] names = [.. items.Select(item => item.Name)];
        _known = names.Distinct().ToDictionary(name => name, BatchItemEntry? (_) => null);
        foreach (var known in await Items().Where(entry => names.Contains(entry.Name)).ToListAsync(ct))
            _known[known.Name] = known;
        int[] numbers = [.. _known.Values.OfType<BatchItemEntry>().Select(known => known.Number)];
        _refusedBefore = await context.BatchOutcomes
            .Where(outcome => outcome.BatchId == batch.Id && numbers.Contains(outcome.Number))
            .Where(outcome => !outcome.Succeeded && outcome.Code!.StartsWith(SourceException.Prefix))
            .Select(outcome => outcome.Number).ToHashSetAsync(ct);
        foreach (var item in items)
            await AddAsync(item, unchanged, ct);
        foreach (var chunk in _added.Chunk(BatchIntake.ChunkItems))
            AddChunk(chunk[0].Number, chunk[^1].Number);
        await context.InsertAsync(_added, ct);
        context.AddRange(_refused);
        batch.Columns = JsonSerializer.Serialize(_columns, BatchRowsContext.Readable.ListString);
        await context.SaveChangesAsync(ct);
        await context.BatchItems.Where(entry => entry.BatchId == batch.Id && _seen.Contains(entry.Number))
            .ExecuteUpdateAsync(entry => entry.SetProperty(e => e.Pass, batch.Pass), ct);
    }

    private async Task AddAsync(SourceItem item, HashSet<string> unchanged, CancellationToken ct)
    {
        for (var (i, name) = (1, item.Name); i <= MostNamesakes; name = NameOf(item.Name, ++i))
        {
            if (!_known.TryGetValue(name, out var known))
                _known[name] = known = await Items().FirstOrDefaultAsync(entry => entry.Name == name, ct);
            if (known is null)
            {
                Insert(item, name);
                return;
            }
            if (known.Pass < batch.Pass)
            {
                await UpdateAsync(known, item, unchanged.Contains(name), ct);
                return;
            }
            if (locationOf(known.Location) == item.Location)
                break;
        }
        batch.Repeated++;
    }

    private IQueryable<BatchItemEntry> Items() => context.BatchItems.AsNoTracking().Where(entry => entry.BatchId == batch.Id);

    private void Insert(SourceItem item, string name)
    {
        var entry = new BatchItemEntry
        {
            BatchId = batch.Id,
            Number = batch.Items++,
            Name = name,
            Location = item.Location,
            Size = item.Size,
            Modified = item.Modified,
            Metadata = MetadataOf(item),
            Pass = batch.Pass,
        };
        _known[name] = entry;
        _added.Add(entry);
        if (item.Error is { } error)
            _refused.Add(BatchErrors.OutcomeOf(batch.Id, entry.Number, error, now));
    }

    private async Task UpdateAsync(BatchItemEntry known, SourceItem item, bool unchanged, CancellationToken ct)
    {
        known.Pass = batch.Pass;
        _seen.Add(known.Number);
        var metadata = MetadataOf(item);
        if ((known.Location, known.Size, known.Modified, known.Metadata) != (item.Location, item.Size, item.Modified, metadata))
        {
            await context.BatchItems.Where(entry => entry.BatchId == batch.Id && entry.Number == known.Number).ExecuteUpdateAsync(
                entry => entry.SetProperty(e => e.Location, item.Location).SetProperty(e => e.Size, item.Size)
                    .SetProperty(e => e.Modified, item.Modified).SetProperty(e => e.Metadata, metadata),
                ct);
        }
        // A file in another place with the same size and time is the same recording.
        var changed = (known.Size, known.Modified) != (item.Size, item.Modified) && !unchanged;
        if ((changed || _refusedBefore.Contains(known.Number)) && await RemoveOutcomeAsync(known.Number, ct) && item.Error is { } error)
            await AddOutcomeAsync(BatchErrors.OutcomeOf(batch.Id, known.Number, error, now), ct);
    }

    /// <returns>Whether there was an outcome.</returns>
    private async Task<bool> RemoveOutcomeAsync(int item, CancellationToken ct)
    {
        var outcomes = context.BatchOutcomes.Where(outcome => outcome.BatchId == batch.Id && outcome.Number == item);
        var stored = outcomes.Select(o => new { o.Succeeded, o.Duration, Emotion = o.Dominant ?? o.Emotion });
        if (await stored.FirstOrDefaultAsync(ct) is not { } outcome)
            return false;
        await outcomes.ExecuteDeleteAsync(ct);
        // The others keep the result that they share with this item, but no longer name it.
        await context.BatchOutcomes.Where(other => other.BatchId == batch.Id && other.SameAs == item)
            .ExecuteUpdateAsync(other => other.SetProperty(o => o.SameAs, (int?)null), ct);
        var (succeeded, seconds) = (outcome.Succeeded ? 1 : 0, outcome.Duration ?? 0);
        await ChunkOf(item).ExecuteUpdateAsync(
            chunk => chunk.Add(-succeeded, succeeded - 1, -seconds, EmotionCounts.Of([outcome.Emotion], -1))
                .SetProperty(c => c.State, c => c.State == ChunkState.Done ? ChunkState.Pending : c.State)
                .SetProperty(c => c.Attempts, c => c.State == ChunkState.Done ? 0 : c.Attempts),
            ct);
        return true;
    }

    /// <summary>Adds the error of an item whose outcome was removed, so that no worker has it.</summary>
    private async Task AddOutcomeAsync(BatchOutcomeEntry outcome, CancellationToken ct)
    {
        context.Add(outcome);
        await ChunkOf(outcome.Number).ExecuteUpdateAsync(
            chunk => chunk.SetProperty(c => c.Failed, c => c.Failed + 1).SetProperty(
                c => c.State,
                c => c.State == ChunkState.Pending && c.Succeeded + c.Failed + 1 == c.Last - c.First + 1 ? ChunkState.Done : c.State),
            ct);
    }

    private IQueryable<BatchChunkEntry> ChunkOf(int item) =>
        context.BatchChunks.Where(chunk => chunk.BatchId == batch.Id && chunk.First <= item && chunk.Last >= item);

    private string? MetadataOf(SourceItem item)
    {
        if (item.Metadata is not { Count: > 0 } metadata)
            return null;
        _columns.AddRange(metadata.Keys.Where(column => !_columns.Contains(column)).Take(MostColumns - _columns.Count));
        return JsonSerializer.Serialize(metadata, BatchRowsContext.Readable.IReadOnlyDictionaryStringString);
    }

    private void AddChunk(int first, int last)
    {
        var refused = _refused.Count(outcome => outcome.Number >= first && outcome.Number <= last);
        context.Add(new BatchChunkEntry
        {
            BatchId = batch.Id,
            Number = batch.Chunks++,
            First = first,
            Last = last,
            Failed = refused,
            State = refused == last - first + 1 ? ChunkState.Done : ChunkState.Pending,
        });
    }
}
