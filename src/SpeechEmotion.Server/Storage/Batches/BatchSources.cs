using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The folders, archives and manifests that the server reads for its batches.</summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class BatchSources(HistoryDatabase database)
{
    /// <summary>Returns the sources of a batch in order.</summary>
    public Task<IReadOnlyList<BatchSourceEntry>> ListAsync(int batch, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<BatchSourceEntry>>(async context => await context.BatchSources.AsNoTracking()
            .Where(source => source.BatchId == batch).OrderBy(source => source.Number).ToListAsync(ct));

    /// <summary>
    /// Returns the server's batches that wait for the reading of their sources, or for the mark that all were read. The sources of the
    /// command's batches are not in the database.
    /// </summary>
    public Task<IReadOnlyList<BatchEntry>> ListUnreadAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<BatchEntry>>(async context => await context.Batches.AsNoTracking()
            .Where(batch => batch.Folder != null && batch.State == BatchState.Running)
            .Where(batch => (!batch.Open && !batch.Sealed)
                || context.BatchSources.Any(source => source.BatchId == batch.Id && !source.IsRead))
            .OrderBy(batch => batch.Id).ToListAsync(ct));

    /// <summary>Returns the names of the files that are recordings, sources or metadata of a batch, without their folders.</summary>
    public Task<IReadOnlySet<string>> ListFilesAsync(BatchEntry batch, CancellationToken ct) =>
        database.ReadAsync<IReadOnlySet<string>>(async context =>
        {
            HashSet<string> names = batch.Metadata is { } metadata ? [metadata] : [];
            var recordings = context.BatchItems.Where(item => item.BatchId == batch.Id).Select(item => item.Location);
            var sources = context.BatchSources.Where(source => source.BatchId == batch.Id).Select(source => source.Location);
            await foreach (var location in recordings.Concat(sources).AsAsyncEnumerable().WithCancellation(ct))
                names.Add(Path.GetFileName(location));
            return names;
        });

    /// <summary>Marks a source as read.</summary>
    /// <param name="source">The source.</param>
    /// <param name="error">The error that ended the reading; null if the source was read to its end.</param>
    /// <param name="ct">Cancels the operation.</param>
    public Task EndAsync(BatchSourceEntry source, SpeechEmotionException? error, CancellationToken ct)
    {
        var (batch, number, code, message, messageZh) = (source.BatchId, source.Number, error?.Code, error?.Message, error?.MessageZh);
        return database.WriteAsync(
            context => context.BatchSources.Where(entry => entry.BatchId == batch && entry.Number == number).ExecuteUpdateAsync(
                entry => entry.SetProperty(e => e.IsRead, true).SetProperty(e => e.Code, code).SetProperty(e => e.Message, message)
                    .SetProperty(e => e.MessageZh, messageZh), ct),
            ct);
    }
}
