using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Errors;
using SpeechEmotion.Server.Recognitions;

namespace SpeechEmotion.Server.History;

/// <summary>Every recognition that was ever asked for, until it is deleted; it survives the server.</summary>
public sealed class RecognitionHistory(IDbContextFactory<HistoryContext> contexts, ServerFolder folder, TimeProvider time)
{
    /// <summary>Makes the database where it is missing, and tells of those that an earlier run left undone.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        await context.Database.EnsureCreatedAsync(ct);
        var undone = await context.Recognitions
            .Where(entry => entry.State == RecognitionState.Queued || entry.State == RecognitionState.Running).ToListAsync(ct);
        foreach (var entry in undone)
            Fill(entry, Read(entry).With(RequestErrors.Interrupted()) with { Completed = time.GetLocalNow() });
        await context.SaveChangesAsync(ct);
    }

    /// <summary>Writes a recognition as it stands.</summary>
    public async Task SaveAsync(RecognitionRecord record, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var entry = new HistoryEntry { Id = record.Id, Created = 0, State = record.State, FileName = "", Document = "" };
        Fill(entry, record);
        if (record.State == RecognitionState.Queued)
            context.Add(entry);
        else
            context.Update(entry);
        await context.SaveChangesAsync(ct);
    }

    /// <summary>The recognition of that name; null where there is none.</summary>
    public async Task<RecognitionRecord?> FindAsync(string id, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var entry = await context.Recognitions.AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, ct);
        return entry is null ? null : Read(entry);
    }

    /// <summary>A page of those that a query finds.</summary>
    public async Task<HistoryPage> ListAsync(HistoryQuery query, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var found = Filter(context.Recognitions.AsNoTracking(), query);
        var total = await found.CountAsync(ct);
        var entries = await found.OrderByDescending(entry => entry.Id)
            .Skip((query.Page - 1) * query.PageSize).Take(query.PageSize).ToListAsync(ct);
        return new([.. entries.Select(Read)], total);
    }

    /// <summary>Removes a recognition that has come to its end, its folder first.</summary>
    public async Task DeleteAsync(RecognitionRecord record, CancellationToken ct)
    {
        if (record.Folder is { } name && Directory.Exists(Path.Combine(folder.Output, name)))
            Directory.Delete(Path.Combine(folder.Output, name), recursive: true);
        await using var context = await contexts.CreateDbContextAsync(ct);
        await context.Recognitions.Where(entry => entry.Id == record.Id).ExecuteDeleteAsync(ct);
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

    private static void Fill(HistoryEntry entry, RecognitionRecord record)
    {
        entry.Created = record.Created.ToUnixTimeMilliseconds();
        entry.State = record.State;
        entry.FileName = record.FileName;
        entry.Emotion = record.Emotion;
        entry.Confidence = record.Confidence;
        entry.Document = JsonSerializer.Serialize(record, HistoryJsonContext.Default.RecognitionRecord);
    }

    private static RecognitionRecord Read(HistoryEntry entry) =>
        JsonSerializer.Deserialize(entry.Document, HistoryJsonContext.Default.RecognitionRecord)!;
}
