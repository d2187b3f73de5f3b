using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Outputs;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Webhooks;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Storage;

/// <summary>All recognitions that were requested and not deleted. The history survives restarts of the server.</summary>
/// <remarks>
/// All methods may throw a <see cref="RequestException"/> with a code that starts with <c>history.</c> (503), or an
/// <see cref="SpeechEmotion.Errors.OutputException"/> with the code <c>output.disk_full</c>. Those that delete files may also throw the
/// exceptions of <see cref="IFileStore"/>.
/// </remarks>
public sealed class RecognitionHistory(
    HistoryDatabase database, InstallationCheck installation, ServerFolder folder, IFileStore files, DiskBudget disk, TimeProvider time)
{
    /// <summary>How long the history keeps an idempotency key.</summary>
    public static readonly TimeSpan KeyRetention = TimeSpan.FromHours(24);

    private long OldestKey => (time.GetUtcNow() - KeyRetention).ToUnixTimeMilliseconds();

    /// <summary>Creates or migrates the database.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        await installation.OpenAsync(ct);
        await RequireWritableAsync(ct);
    }

    /// <summary>Throws if the history is not writable.</summary>
    public Task RequireWritableAsync(CancellationToken ct) => database.ProbeAsync(ct);

    /// <summary>
    /// Adds a new recognition and its idempotency key in one transaction, and deletes the expired keys and the use that it replaces.
    /// </summary>
    /// <param name="document">The recognition.</param>
    /// <param name="key">Its idempotency key; null without one.</param>
    /// <param name="isOpen">Whether other programs may process it.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <exception cref="RequestException"><c>idempotency.taken</c>: another server has just added a recognition with the key.</exception>
    internal Task AddAsync(RecognitionDocument document, IdempotencyStamp? key, bool isOpen, CancellationToken ct) =>
        database.WriteAsync(async context =>
        {
            var added = HistoryEntry.Of(document);
            (added.SegmentsStored, added.Worker) = (true, isOpen ? null : folder.Program);
            context.Add(added);
            if (key is not null)
            {
                var (scope, name, replaced, oldest) = (key.Scope, key.Key, key.Replaces, OldestKey);
                await context.LockInstallationAsync(ct);
                await context.Keys
                    .Where(entry => entry.Created < oldest
                        || (entry.Scope == scope && entry.Key == name && entry.RecognitionId == replaced))
                    .ExecuteDeleteAsync(ct);
                if (await context.Keys.AnyAsync(entry => entry.Scope == scope && entry.Key == name, ct))
                    throw RequestErrors.KeyTaken();
                context.Add(new IdempotencyEntry
                {
                    Scope = scope,
                    Key = name,
                    Fingerprint = key.Fingerprint,
                    RecognitionId = document.Id,
                    Created = added.Created,
                });
            }
            await context.SaveChangesAsync(ct);
            return true;
        }, ct);

    /// <summary>Returns the entry of an idempotency key, or null if the key is new or has expired.</summary>
    internal Task<IdempotencyEntry?> FindKeyAsync(string scope, string key, CancellationToken ct)
    {
        var oldest = OldestKey;
        return database.ReadAsync(context => context.Keys.AsNoTracking().FirstOrDefaultAsync(
            entry => entry.Scope == scope && entry.Key == key && entry.Created >= oldest, ct));
    }

    /// <summary>Saves a recognition that was added before; a final state with the event for its webhook.</summary>
    /// <param name="document">The recognition. While it runs, this program has it; otherwise any program may take it.</param>
    /// <param name="timeline">Its timeline if it has one; the segments are stored in the same transaction.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>False if it was deleted, another program has it, or it has ended with another state.</returns>
    public Task<bool> SaveAsync(RecognitionDocument document, Timeline? timeline, CancellationToken ct) =>
        database.WriteAsync(async context =>
        {
            var entry = await context.Recognitions.Where(e => e.Id == document.Id).Locked().SingleOrDefaultAsync(ct);
            if (entry is null || (database.IsShared && entry.Worker is { } worker && worker != folder.Program))
                return false;
            // A second attempt to store the end must not send a second event.
            if (entry.IsFinal)
                return entry.State == document.State && entry.ToDocument().Folder == document.Folder;
            entry.Fill(document);
            entry.SegmentsStored = document.Summary is null || timeline is not null;
            entry.Worker = document.State == RecognitionState.Running ? folder.Program : null;
            if (timeline is not null)
                await ReplaceSegmentsAsync(context, document.Id, timeline, ct);
            if (document is { Webhook: not null, IsFinal: true })
                AddWebhook(context, document);
            await context.SaveChangesAsync(ct);
            return true;
        }, ct);

    /// <summary>Returns finished recognitions whose segments are not in the database yet.</summary>
    /// <param name="after">Only identifiers after this one, in ordinal order.</param>
    /// <param name="limit">The most that are returned.</param>
    /// <param name="ct">Cancels the operation.</param>
    internal Task<IReadOnlyList<(string Id, RecognitionDocument Document)>> FindWithoutSegmentsAsync(
        string after, int limit, CancellationToken ct) => database.ReadAsync<IReadOnlyList<(string, RecognitionDocument)>>(async context =>
    {
        var entries = await context.Recognitions.AsNoTracking()
            .Where(entry => !entry.SegmentsStored && entry.State != RecognitionState.Queued && entry.State != RecognitionState.Running)
            .Where(entry => string.Compare(entry.Id, after) > 0)
            .OrderBy(entry => entry.Id).Take(limit).ToListAsync(ct);
        return [.. entries.Select(entry => (entry.Id, entry.ToDocument()))];
    });

    /// <summary>Stores the segments of a recognition, if it still exists.</summary>
    /// <param name="id">The recognition.</param>
    /// <param name="timeline">Its timeline; null if it has none.</param>
    /// <param name="ct">Cancels the operation.</param>
    internal Task StoreSegmentsAsync(string id, Timeline? timeline, CancellationToken ct) => database.WriteAsync(async context =>
    {
        var stored = await context.Recognitions.Where(entry => entry.Id == id && !entry.SegmentsStored)
            .ExecuteUpdateAsync(entry => entry.SetProperty(e => e.SegmentsStored, true), ct);
        if (stored == 1 && timeline is not null)
        {
            await ReplaceSegmentsAsync(context, id, timeline, ct);
            await context.SaveChangesAsync(ct);
        }
        return stored;
    }, ct);

    /// <summary>Returns a recognition by its identifier, or null if it does not exist.</summary>
    public Task<RecognitionDocument?> FindAsync(string id, CancellationToken ct) => database.ReadAsync(async context =>
        (await context.Recognitions.AsNoTracking().FirstOrDefaultAsync(entry => entry.Id == id, ct))?.ToDocument());

    /// <summary>Returns one page of the recognitions that match a query.</summary>
    public Task<HistoryPage> ListAsync(HistoryQuery query, CancellationToken ct) => database.ReadAsync(async context =>
    {
        var found = context.Recognitions.AsNoTracking().Matching(query);
        var total = await found.CountAsync(ct);
        var skipped = (query.Page - 1L) * query.PageSize;
        var entries = skipped >= total ? [] : await found.OrderByDescending(entry => entry.Id)
            .Skip((int)skipped).Take(query.PageSize).ToListAsync(ct);
        return new HistoryPage([.. entries.Select(entry => entry.ToDocument())], total);
    });

    /// <summary>Deletes a finished recognition, its folder first. Succeeds if it is already deleted.</summary>
    public async Task DeleteAsync(RecognitionDocument document, CancellationToken ct)
    {
        await DeleteFilesAsync(document, ct);
        await database.WriteAsync(async context =>
        {
            await context.Keys.Where(key => key.RecognitionId == document.Id).ExecuteDeleteAsync(ct);
            // An event that is not delivered yet stays: its receiver waits for it.
            var subject = WebhookEntry.PathOf(document.Id);
            await context.Webhooks.Where(webhook => webhook.Subject == subject && webhook.State != WebhookState.Pending)
                .ExecuteDeleteAsync(ct);
            // The schema deletes its segments by cascade.
            return await context.Recognitions.Where(entry => entry.Id == document.Id).ExecuteDeleteAsync(ct);
        }, ct);
    }

    /// <summary>Deletes the result folder of a recognition, if it has one.</summary>
    internal async Task DeleteFilesAsync(RecognitionDocument document, CancellationToken ct)
    {
        if (folder.PathOf(document.Folder) is not { } path)
            return;
        var size = OutputSize.Of(path);
        Remove(path);
        disk.Release(size);
        await files.DropFolderAsync(path, ct);
    }

    private void AddWebhook(HistoryContext context, RecognitionDocument document)
    {
        if (WebhookEntry.Of(document, time.GetUtcNow()) is { } webhook)
            context.Add(webhook);
    }

    private static void Remove(string path)
    {
        try
        {
            // If the folder is a link, delete the link and keep its target.
            Directory.Delete(path, recursive: !PlainFile.IsLink(path));
        }
        catch (DirectoryNotFoundException)
        {
            // A user has already deleted the folder.
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

    /// <summary>Adds the segments in place of those that an earlier attempt stored.</summary>
    private static async Task ReplaceSegmentsAsync(HistoryContext context, string id, Timeline timeline, CancellationToken ct)
    {
        await context.Segments.Where(segment => segment.RecognitionId == id).ExecuteDeleteAsync(ct);
        context.AddRange(SegmentEntry.Of(id, timeline));
    }
}
