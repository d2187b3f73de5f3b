using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Errors;
using SpeechEmotion.Server.Recognitions;

namespace SpeechEmotion.Server.History;

/// <summary>Every recognition that was ever asked for, until it is deleted; it survives the server.</summary>
/// <remarks>All may throw <see cref="OutputException"/>: <c>output.disk_full</c>, <c>output.not_writable</c> or <c>history.damaged</c>.</remarks>
public sealed class RecognitionHistory(IDbContextFactory<HistoryContext> contexts, ServerFolder folder, TimeProvider time)
{
    /// <summary>Makes the database where it is missing, and tells of those that an earlier run left undone.</summary>
    public Task OpenAsync(CancellationToken ct) => UseAsync(async context =>
    {
        await context.Database.EnsureCreatedAsync(ct);
        var undone = await context.Recognitions
            .Where(entry => entry.State == RecognitionState.Queued || entry.State == RecognitionState.Running).ToListAsync(ct);
        foreach (var entry in undone)
            entry.Fill(entry.ToRecord().With(RequestErrors.Interrupted()) with { Completed = time.GetLocalNow() });
        return await context.SaveChangesAsync(ct);
    });

    /// <summary>Writes a recognition as it stands.</summary>
    public Task SaveAsync(RecognitionRecord record, CancellationToken ct) => UseAsync(async context =>
    {
        var entry = HistoryEntry.Of(record);
        if (record.State == RecognitionState.Queued)
            context.Add(entry);
        else
            context.Update(entry);
        return await context.SaveChangesAsync(ct);
    });

    /// <summary>The recognition of that name; null where there is none.</summary>
    public Task<RecognitionRecord?> FindAsync(string id, CancellationToken ct) => UseAsync(async context =>
        (await context.Recognitions.AsNoTracking().FirstOrDefaultAsync(entry => entry.Id == id, ct))?.ToRecord());

    /// <summary>A page of those that a query finds.</summary>
    public Task<HistoryPage> ListAsync(HistoryQuery query, CancellationToken ct) => UseAsync(async context =>
    {
        var found = Filter(context.Recognitions.AsNoTracking(), query);
        var total = await found.CountAsync(ct);
        var skipped = (query.Page - 1L) * query.PageSize;
        var entries = skipped >= total ? [] : await found.OrderByDescending(entry => entry.Id)
            .Skip((int)skipped).Take(query.PageSize).ToListAsync(ct);
        return new HistoryPage([.. entries.Select(entry => entry.ToRecord())], total);
    });

    /// <summary>Removes a recognition that has come to its end, its folder first; one that is gone already is no failure.</summary>
    public async Task DeleteAsync(RecognitionRecord record, CancellationToken ct)
    {
        if (folder.PathOf(record.Folder) is { } path)
            Remove(path);
        await UseAsync(context => context.Recognitions.Where(entry => entry.Id == record.Id).ExecuteDeleteAsync(ct));
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody removed it by hand, as they may.
        }
        catch (IOException failure)
        {
            throw OutputFailure.Of(failure, path);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputFailure.Of(failure, path);
        }
    }

    private async Task<T> UseAsync<T>(Func<HistoryContext, Task<T>> use)
    {
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
