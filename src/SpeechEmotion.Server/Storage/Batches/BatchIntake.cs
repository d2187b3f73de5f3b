using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>
/// Adds the recordings of the sources to a batch. The sources of a batch are read again when it is resumed: known recordings keep
/// their outcomes unless their files have changed.
/// </summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class BatchIntake(
    HistoryDatabase database, BatchFolders folders, ServerFolder folder, NoticeBoard board, TimeProvider time)
{
    /// <summary>
    /// Most items of a chunk: few enough that a crash repeats little and that batches alternate, enough that chunks change seldom.
    /// </summary>
    public const int ChunkItems = 100;

    /// <summary>Most recordings that one group of statements adds.</summary>
    private const int GroupItems = 1000;

    /// <summary>Adds a batch with its first recordings and its sources in one transaction: it exists completely or not at all.</summary>
    internal Task<BatchEntry> CreateAsync(NewBatch batch, CancellationToken ct) => AddAsync(async context =>
    {
        if (batch.Key is { } key)
        {
            await context.LockInstallationAsync(ct);
            if (await context.Batches.AnyAsync(known => known.Key == key, ct))
                throw RequestErrors.KeyTaken();
        }
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var entry = new BatchEntry
        {
            Key = batch.Key,
            Fingerprint = batch.Fingerprint,
            Name = batch.Name,
            Created = now,
            Priority = batch.Priority,
            Webhook = batch.Webhook,
            Options = BatchStore.TextOf(batch.Options),
            Model = batch.Model,
            Pass = 1,
            Open = batch.Open,
            Folder = batch.Folder,
            Metadata = batch.Metadata,
            Trace = batch.Trace,
        };
        context.Add(entry);
        await context.SaveChangesAsync(ct);
        await AddAsync(context, entry, batch.Recordings, batch.Sources, ct);
        return entry;
    }, ct);

    /// <summary>Adds recordings and sources that a client sends to an open batch, in one transaction.</summary>
    /// <returns>The number of recordings that the batch did not have; null if the batch is not open, and nothing is added.</returns>
    internal Task<int?> AddAsync(
        int batch, IReadOnlyList<SourceItem> recordings, IReadOnlyList<NewSource> sources, CancellationToken ct) =>
        AddAsync<int?>(async context =>
        {
            if (await context.Batches.Locked().SingleOrDefaultAsync(found => found.Id == batch && found.Open, ct) is not { } entry)
                return null;
            var before = entry.Items;
            await AddAsync(context, entry, recordings, sources, ct);
            return entry.Items - before;
        }, ct);

    /// <summary>
    /// Returns those recordings that the batch has already, by their names and bytes: a client that lost its connection may send
    /// recordings twice.
    /// </summary>
    internal async Task<IReadOnlyList<SourceItem>> FindRepeatedAsync(
        BatchEntry batch, IReadOnlyList<SourceItem> recordings, CancellationToken ct)
    {
        List<SourceItem> repeated = [];
        foreach (var recording in recordings)
        {
            if (await IsRepeatedAsync(batch, recording, ct))
                repeated.Add(recording);
        }
        return repeated;
    }

    /// <summary>Returns those archives that the batch has already, by their names and bytes.</summary>
    internal Task<IReadOnlyList<NewSource>> FindRepeatedAsync(int batch, IReadOnlyList<NewSource> archives, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<NewSource>>(async context =>
        {
            var known = await context.BatchSources.AsNoTracking().Where(source => source.BatchId == batch).ToListAsync(ct);
            return [.. archives.Where(archive => known.Any(source => source.Name == archive.Name && source.Digest == archive.Digest))];
        });

    /// <summary>Compares a recording with that of its name, and with further ones of the same name, which have a number.</summary>
    private async Task<bool> IsRepeatedAsync(BatchEntry batch, SourceItem recording, CancellationToken ct)
    {
        string? digest = null;
        for (var (i, name) = (1, recording.Name); ; name = IntakeGroup.NameOf(recording.Name, ++i))
        {
            var wanted = name;
            if (await database.ReadAsync(context => context.BatchItems.AsNoTracking()
                .FirstOrDefaultAsync(item => item.BatchId == batch.Id && item.Name == wanted, ct)) is not { } known)
            {
                return false;
            }
            if (known.Size != recording.Size || (digest ??= DigestOf(recording.Location, ct)) is null)
                continue;
            var location = folders.LocationOf(batch, known.Location);
            await folders.BringAsync(location, ct);
            if (digest == DigestOf(location, ct))
                return true;
        }
    }

    /// <summary>Begins to read the sources again.</summary>
    public Task BeginPassAsync(int batch, CancellationToken ct) => database.WriteAsync(
        context => context.Batches.Where(entry => entry.Id == batch).ExecuteUpdateAsync(
            entry => entry.SetProperty(b => b.Pass, b => b.Pass + 1).SetProperty(b => b.Sealed, false).SetProperty(b => b.Repeated, 0),
            ct),
        ct);

    /// <summary>Marks the sources as read to the end, unless a client may add further ones or the server reads some.</summary>
    public Task SealAsync(int batch, CancellationToken ct) => database.WriteAsync(
        async context =>
        {
            // A request may be adding a source.
            await context.LockBatchAsync(batch, ct);
            return await context.Batches.Where(entry => entry.Id == batch && !entry.Open)
                .Where(entry => !context.BatchSources.Any(source => source.BatchId == entry.Id && !source.IsRead))
                .ExecuteUpdateAsync(entry => entry.SetProperty(b => b.Sealed, true), ct);
        },
        ct);

    /// <summary>Ends an open batch: no more recordings follow.</summary>
    public Task CloseAsync(int batch, CancellationToken ct) => database.WriteAsync(
        context => context.Batches.Where(entry => entry.Id == batch)
            .ExecuteUpdateAsync(entry => entry.SetProperty(b => b.Open, false), ct),
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
    /// <param name="keep">Stores the files of the recordings before they are added; null if they are stored.</param>
    /// <returns>False if the batch was cancelled or deleted, or another server reads its sources.</returns>
    public async Task<bool> AddAsync(
        int batch, IReadOnlyList<SourceItem> items, CancellationToken ct, Func<Task>? keep = null)
    {
        var unchanged = await FindUnchangedAsync(batch, items, ct);
        if (keep is not null)
            await keep();
        return await AddAsync(async context =>
        {
            if (await context.Batches.Locked()
                .SingleOrDefaultAsync(
                    found => found.Id == batch && found.State != BatchState.Cancelled
                        && (found.Folder == null || found.Reader == folder.Program), ct) is not { } entry)
            {
                return false;
            }
            await GroupOf(context, entry).AddAsync(items, unchanged, ct);
            return true;
        }, ct);
    }

    /// <summary>Adds work, and lets the workers look for it.</summary>
    private async Task<T> AddAsync<T>(Func<HistoryContext, Task<T>> add, CancellationToken ct)
    {
        var added = await database.WriteAsync(add, ct);
        await board.PostAsync(new Notice(NoticeKind.Batch, ""));
        return added;
    }

    private async Task AddAsync(
        HistoryContext context, BatchEntry batch, IReadOnlyList<SourceItem> recordings, IReadOnlyList<NewSource> sources,
        CancellationToken ct)
    {
        foreach (var group in recordings.Chunk(GroupItems))
            await GroupOf(context, batch).AddAsync(group, [], ct);
        var number = await context.BatchSources.CountAsync(source => source.BatchId == batch.Id, ct);
        foreach (var (name, location, digest) in sources)
        {
            context.Add(new BatchSourceEntry
            {
                BatchId = batch.Id,
                Number = number++,
                Name = name,
                Location = location,
                Digest = digest,
            });
        }
        await context.SaveChangesAsync(ct);
    }

    private IntakeGroup GroupOf(HistoryContext context, BatchEntry batch) => new(
        context, batch, location => folders.LocationOf(batch, location), time.GetUtcNow().ToUnixTimeMilliseconds());

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
