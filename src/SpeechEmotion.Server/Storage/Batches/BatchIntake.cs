using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Sources;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>
/// Adds the recordings of the sources to a batch. The sources of a batch are read again when it is resumed: known recordings keep
/// their outcomes unless their files have changed.
/// </summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class BatchIntake(HistoryDatabase database, TimeProvider time)
{
    /// <summary>
    /// Most items of a chunk: few enough that a crash repeats little and that batches alternate, enough that chunks change seldom.
    /// </summary>
    public const int ChunkItems = 100;

    /// <summary>Begins to read the sources again.</summary>
    public Task BeginPassAsync(int batch, CancellationToken ct) => database.WriteAsync(
        context => context.Batches.Where(entry => entry.Id == batch).ExecuteUpdateAsync(
            entry => entry.SetProperty(b => b.Pass, b => b.Pass + 1).SetProperty(b => b.Sealed, false).SetProperty(b => b.Repeated, 0),
            ct),
        ct);

    /// <summary>Marks the sources as read to the end.</summary>
    public Task SealAsync(int batch, CancellationToken ct) => database.WriteAsync(
        context => context.Batches.Where(entry => entry.Id == batch)
            .ExecuteUpdateAsync(entry => entry.SetProperty(b => b.Sealed, true), ct),
        ct);

    /// <summary>Whether an unchanged recording has a result, so that its bytes are not needed.</summary>
    public bool IsDone(int batch, string name, long? size, long? modified) => database.ReadAsync(context => Task.FromResult((
        from item in context.BatchItems
        join outcome in context.BatchOutcomes on new { item.BatchId, item.Number } equals new { outcome.BatchId, outcome.Number }
        where item.BatchId == batch && item.Name == name && item.Size == size && item.Modified == modified && outcome.Succeeded
        select item).Any())).GetAwaiter().GetResult();

    /// <summary>
    /// Adds recordings, in one transaction; workers may process them at once. A recording that an earlier pass added is compared by
    /// size, time and then SHA-256: if it has changed, its outcome is removed.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="items">At most a few thousand recordings.</param>
    /// <param name="ct">Cancels the operation; nothing is added then.</param>
    public async Task AddAsync(int batch, IReadOnlyList<SourceItem> items, CancellationToken ct)
    {
        var unchanged = await FindUnchangedAsync(batch, items, ct);
        await database.WriteAsync(async context =>
        {
            var entry = await context.Batches.SingleAsync(found => found.Id == batch, ct);
            await new IntakeGroup(context, entry, time.GetUtcNow().ToUnixTimeMilliseconds()).AddAsync(items, unchanged, ct);
            return true;
        }, ct);
    }

    /// <summary>
    /// Finds the recordings whose files have another time but the bytes of their outcome. Runs before the transaction, because
    /// hashing takes long.
    /// </summary>
    private async Task<HashSet<string>> FindUnchangedAsync(int batch, IReadOnlyList<SourceItem> items, CancellationToken ct)
    {
        string[] names = [.. items.Select(item => item.Name)];
        var known = await database.ReadAsync(context => (
            from item in context.BatchItems
            join outcome in context.BatchOutcomes on new { item.BatchId, item.Number } equals new { outcome.BatchId, outcome.Number }
            where item.BatchId == batch && names.Contains(item.Name) && outcome.Digest != null
            select new { item.Name, item.Size, item.Modified, outcome.Digest }).ToDictionaryAsync(item => item.Name, ct));
        HashSet<string> unchanged = [];
        foreach (var item in items)
        {
            if (known.TryGetValue(item.Name, out var stored) && stored.Size == item.Size && stored.Modified != item.Modified
                && DigestOf(item.Location, ct) == stored.Digest)
                unchanged.Add(item.Name);
        }
        return unchanged;
    }

    private static string? DigestOf(string location, CancellationToken ct)
    {
        try
        {
            return SourceDigest.Of(location, ct).Sha256;
        }
        catch (AudioException)
        {
            // The recording cannot be read: the worker reports the reason.
            return null;
        }
    }
}
