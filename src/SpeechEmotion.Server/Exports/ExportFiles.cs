using SpeechEmotion.Server.Exports.Reports;
using SpeechEmotion.Server.Exports.Rows;
using SpeechEmotion.Server.Exports.Tables;

namespace SpeechEmotion.Server.Exports;

/// <summary>All files of an export, written together in one pass over the recordings: they show the same state of the batch.</summary>
internal sealed class ExportFiles : IAsyncDisposable
{
    private readonly BatchStatistics _statistics;
    private readonly RowFile[] _files;

    /// <param name="batch">The batch.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="options">How to write.</param>
    public ExportFiles(ExportedBatch batch, string folder, ExportOptions options)
    {
        _statistics = new(batch.Columns);
        RowFile Csv<T>(ExportTable<T> table, Func<BatchRow, bool>? belongs = null) =>
            new(folder, $"{table.Name}.csv", stream => new CsvTableWriter<T>(table, stream, options.ByteOrderMark), belongs);
        RowFile Parquet<T>(ExportTable<T> table, Func<BatchRow, bool>? belongs = null) =>
            new(folder, $"{table.Name}.parquet", stream => new ParquetTableWriter<T>(table, stream), belongs);
        _files =
        [
            Csv(BatchTables.Results(batch.Columns)),
            Parquet(BatchTables.Results(batch.Columns)),
            new(folder, "results.jsonl", stream => new JsonLinesWriter(stream, options.Language)),
            Csv(BatchTables.Segments(), HasTimeline),
            Parquet(BatchTables.Segments(), HasTimeline),
            Csv(BatchTables.Transitions(), HasTimeline),
            Parquet(BatchTables.Transitions(), HasTimeline),
            new(folder, "embeddings.npy", stream => new EmbeddingsWriter(stream), BatchTables.HasEmbedding),
            Csv(BatchTables.EmbeddingIndex(), BatchTables.HasEmbedding),
            Csv(BatchTables.Failures(batch.Columns, options.Language), row => row.Failure is not null),
            new(folder, "summary.json", stream => new SummaryWriter(batch, _statistics, stream)),
            new(folder, "report.html", stream => new ReportWriter(batch, _statistics, options.Language, stream)),
        ];
    }

    /// <summary>Names of the files that the export has, in the order in which they are written.</summary>
    public IReadOnlyList<string> Names => [.. _files.Where(file => file.IsWritten).Select(file => file.Name)];

    /// <summary>Writes a recording to each file in which it belongs.</summary>
    /// <exception cref="Errors.OutputException">The disk is full or unavailable.</exception>
    public async ValueTask WriteAsync(BatchRow row, CancellationToken ct)
    {
        _statistics.Add(row);
        foreach (var file in _files)
            await file.WriteAsync(row, ct);
    }

    /// <summary>Completes all files, then gives each its name.</summary>
    /// <exception cref="Errors.OutputException">The disk is full or unavailable.</exception>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        foreach (var file in _files)
            await file.CompleteAsync(ct);
        foreach (var file in _files)
            await file.PublishAsync();
    }

    /// <summary>Deletes what was not published.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files)
            await file.DisposeAsync();
    }

    private static bool HasTimeline(BatchRow row) => row.Answer?.Timeline is not null;
}
