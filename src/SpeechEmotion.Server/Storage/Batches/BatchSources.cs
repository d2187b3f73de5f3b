using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The folders, archives and manifests that the server reads for its batches.</summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class BatchSources(HistoryDatabase database, ProgramLease programs)
{
    /// <summary>Returns the sources of a batch in order.</summary>
    public Task<IReadOnlyList<BatchSourceEntry>> ListAsync(int batch, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<BatchSourceEntry>>(async context => await context.BatchSources.AsNoTracking()
            .Where(source => source.BatchId == batch).OrderBy(source => source.Number).ToListAsync(ct));

    /// <summary>
    /// Takes one of the servers' batches that waits for the reading of its sources, or for the mark that all were read. The sources of the
    /// command's batches are not in the database.
    /// </summary>
    /// <param name="except">The batches that this program reads.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>Null if there is none.</returns>
    public Task<BatchEntry?> TakeUnreadAsync(IReadOnlyCollection<int> except, CancellationToken ct) => programs.TakeAsync(
        context => context.Batches
            .Where(batch => batch.Folder != null && batch.State == BatchState.Running && !except.Contains(batch.Id))
            .Where(batch => (!batch.Open && !batch.Sealed)
                || context.BatchSources.Any(source => source.BatchId == batch.Id && !source.IsRead))
            .OrderBy(batch => batch.Id),
        nameof(BatchEntry.Reader), ct);

    /// <summary>Lets other servers read the sources of a batch.</summary>
    public Task ReturnAsync(int batch, CancellationToken ct) => database.WriteAsync(
        context => context.Batches.Where(entry => entry.Id == batch && entry.Reader == programs.Name)
            .ExecuteUpdateAsync(entry => entry.SetProperty(e => e.Reader, (string?)null), ct),
        ct);

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
    /// <returns>False if another server reads the batch, or has read the source.</returns>
    public Task<bool> EndAsync(BatchSourceEntry source, SpeechEmotionException? error, CancellationToken ct)
    {
        var (batch, number, code, message, messageZh) = (source.BatchId, source.Number, error?.Code, error?.Message, error?.MessageZh);
        return database.WriteAsync(
            // A server that was silent must not end the reading of the one that continued it.
            async context => await context.BatchSources.Where(entry => entry.BatchId == batch && entry.Number == number && !entry.IsRead)
                .Where(entry => context.Batches.Any(read => read.Id == batch && read.Reader == programs.Name)).ExecuteUpdateAsync(
                entry => entry.SetProperty(e => e.IsRead, true).SetProperty(e => e.Code, code).SetProperty(e => e.Message, message)
                    .SetProperty(e => e.MessageZh, messageZh), ct) == 1,
            ct);
    }
}
