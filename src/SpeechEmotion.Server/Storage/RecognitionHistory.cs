using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Storage;

/// <summary>Every recognition that was ever asked for, until it is deleted; it survives the server.</summary>
/// <remarks>
/// All may throw <see cref="RequestException"/> with a code that begins with <c>history.</c> (503), or <see cref="OutputException"/>
/// <c>output.disk_full</c>.
/// </remarks>
public sealed class RecognitionHistory(IDbContextFactory<HistoryContext> contexts, ServerFolder folder, DiskBudget disk, TimeProvider time)
{
    /// <summary>How long an idempotency key is kept.</summary>
    public static readonly TimeSpan KeyRetention = TimeSpan.FromHours(24);

    private readonly HistoryFile _file = new(folder);

    private long OldestKey => (time.GetUtcNow() - KeyRetention).ToUnixTimeMilliseconds();

    /// <summary>Makes the database where it is missing, and tells of those that an earlier run left undone.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        await UseAsync(async context =>
        {
            await HistorySchema.MigrateAsync(context, ct);
            _file.Remember();
            return true;
        });
        await RequireWritableAsync(ct);
        await EndUndoneAsync(ct);
    }

    /// <summary>Takes the write lock and releases it again, without a change.</summary>
    public Task RequireWritableAsync(CancellationToken ct) => UseAsync(async context =>
    {
        // SQLite's provider begins it as IMMEDIATE.
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await transaction.RollbackAsync(ct);
        return true;
    });

    /// <summary>Writes a new recognition, and in the same step the key with which it was asked; older uses of that key are forgotten.</summary>
    internal Task AddAsync(RecognitionDocument record, IdempotencyStamp? key, CancellationToken ct) => key is null ? SaveAsync(record, null, ct) : UseAsync(async context =>
    {
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var (scope, name, oldest) = (key.Scope, key.Key, OldestKey);
        await context.Keys.Where(entry => entry.Created < oldest || (entry.Scope == scope && entry.Key == name)).ExecuteDeleteAsync(ct);
        var added = HistoryEntry.Of(record);
        context.Add(added);
        context.Add(new IdempotencyEntry
        {
            Scope = scope,
            Key = name,
            Fingerprint = key.Fingerprint,
            RecognitionId = record.Id,
            Created = added.Created,
        });
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    });

    /// <summary>What an idempotency key stands for; null where it is new, or was forgotten.</summary>
    internal Task<IdempotencyEntry?> FindKeyAsync(string scope, string key, CancellationToken ct)
    {
        var oldest = OldestKey;
        return UseAsync(context => context.Keys.AsNoTracking().FirstOrDefaultAsync(
            entry => entry.Scope == scope && entry.Key == key && entry.Created >= oldest, ct));
    }

    /// <summary>Saves a recognition.</summary>
    /// <param name="document">The recognition.</param>
    /// <param name="timeline">Its timeline, if it is at hand: its segments are stored in the same step.</param>
    /// <param name="ct">Cancels it.</param>
    public Task SaveAsync(RecognitionDocument document, Timeline? timeline, CancellationToken ct) => UseAsync(async context =>
    {
        var entry = HistoryEntry.Of(document);
        entry.SegmentsStored = document.Summary is null || timeline is not null;
        if (document.State == RecognitionState.Queued)
            context.Add(entry);
        else
            context.Update(entry);
        if (timeline is not null)
            context.AddRange(SegmentEntry.Of(document.Id, timeline));
        return await context.SaveChangesAsync(ct);
    });

    /// <summary>Some ended recognitions whose segments are not in the database yet.</summary>
    internal Task<IReadOnlyList<RecognitionDocument>> FindWithoutSegmentsAsync(int most, CancellationToken ct) => UseAsync<IReadOnlyList<RecognitionDocument>>(async context =>
    {
        var entries = await context.Recognitions.AsNoTracking()
            .Where(entry => !entry.SegmentsStored && entry.State != RecognitionState.Queued && entry.State != RecognitionState.Running)
            .OrderBy(entry => entry.Id).Take(most).ToListAsync(ct);
        return [.. entries.Select(entry => entry.ToDocument())];
    });

    /// <summary>Stores the segments of a recognition, if it still exists.</summary>
    /// <param name="id">The recognition.</param>
    /// <param name="timeline">Its timeline; null if it has none.</param>
    /// <param name="ct">Cancels it.</param>
    internal Task StoreSegmentsAsync(string id, Timeline? timeline, CancellationToken ct) => UseAsync(async context =>
    {
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var stored = await context.Recognitions.Where(entry => entry.Id == id && !entry.SegmentsStored)
            .ExecuteUpdateAsync(entry => entry.SetProperty(e => e.SegmentsStored, true), ct);
        if (stored == 1 && timeline is not null)
        {
            context.AddRange(SegmentEntry.Of(id, timeline));
            await context.SaveChangesAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return stored;
    });

    /// <summary>The recognition of that name; null where there is none.</summary>
    public Task<RecognitionDocument?> FindAsync(string id, CancellationToken ct) => UseAsync(async context =>
        (await context.Recognitions.AsNoTracking().FirstOrDefaultAsync(entry => entry.Id == id, ct))?.ToDocument());

    /// <summary>A page of those that a query finds.</summary>
    public Task<HistoryPage> ListAsync(HistoryQuery query, CancellationToken ct) => UseAsync(async context =>
    {
        var found = Filter(context.Recognitions.AsNoTracking(), query);
        var total = await found.CountAsync(ct);
        var skipped = (query.Page - 1L) * query.PageSize;
        var entries = skipped >= total ? [] : await found.OrderByDescending(entry => entry.Id)
            .Skip((int)skipped).Take(query.PageSize).ToListAsync(ct);
        return new HistoryPage([.. entries.Select(entry => entry.ToDocument())], total);
    });

    /// <summary>Removes a recognition that has come to its end, its folder first; one that is gone already is no failure.</summary>
    public async Task DeleteAsync(RecognitionDocument record, CancellationToken ct)
    {
        if (folder.PathOf(record.Folder) is { } path)
        {
            var size = OutputSize.Of(path);
            Remove(path);
            disk.Release(size);
        }
        await UseAsync(async context =>
        {
            await context.Keys.Where(key => key.RecognitionId == record.Id).ExecuteDeleteAsync(ct);
            // Its segments go with it: the schema cascades.
            return await context.Recognitions.Where(entry => entry.Id == record.Id).ExecuteDeleteAsync(ct);
        });
    }

    private Task<int> EndUndoneAsync(CancellationToken ct) => UseAsync(async context =>
    {
        var undone = await context.Recognitions
            .Where(entry => entry.State == RecognitionState.Queued || entry.State == RecognitionState.Running).ToListAsync(ct);
        foreach (var entry in undone)
            entry.Fill(entry.ToDocument().With(RequestErrors.Interrupted()) with { Completed = time.GetLocalNow() });
        return await context.SaveChangesAsync(ct);
    });

    private static void Remove(string path)
    {
        try
        {
            // A link that stands in the folder's place goes; what it leads to stays.
            Directory.Delete(path, recursive: !PlainFile.IsLink(path));
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody removed it by hand, as they may.
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, path);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, path);
        }
    }

    private async Task<T> UseAsync<T>(Func<HistoryContext, Task<T>> use)
    {
        _file.RequireSame();
        try
        {
            await using var context = await contexts.CreateDbContextAsync();
            return await use(context);
        }
        catch (Exception failure) when (HistoryFailure.Of(failure, folder.Database) is not null)
        {
            throw HistoryFailure.Of(failure, folder.Database)!;
        }
    }

    private static IQueryable<HistoryEntry> Filter(IQueryable<HistoryEntry> entries, HistoryQuery query)
    {
        if (query.Emotion is { } emotion)
            entries = entries.Where(entry => entry.Emotion == emotion);
        if (query.State is { } state)
            entries = entries.Where(entry => entry.State == state);
        if (query.From?.ToUnixTimeMilliseconds() is { } from)
            entries = entries.Where(entry => entry.Created >= from);
        if (query.To?.ToUnixTimeMilliseconds() is { } to)
            entries = entries.Where(entry => entry.Created <= to);
        if (query.MinConfidence is { } least)
            entries = entries.Where(entry => entry.Confidence >= least);
        if (query.MaxConfidence is { } most)
            entries = entries.Where(entry => entry.Confidence <= most);
        if (query.Name is { Length: > 0 } name)
            entries = entries.Where(entry => EF.Functions.Like(entry.FileName, $"%{Escaped(name)}%", "\\"));
        return entries;
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
