using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Exports.Rows;
using SpeechEmotion.Server.Exports.Tables;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Exports;

/// <summary>
/// Writes the results of a batch as files: also of a running batch, at any time. Two exports of the same database are equal byte by
/// byte. Memory does not grow with the number of recordings.
/// </summary>
internal sealed class BatchExport(HistoryDatabase database)
{
    private readonly BatchRows _rows = new(database);

    /// <summary>
    /// Writes all files into a folder: <c>results.csv</c>, <c>results.parquet</c>, <c>results.jsonl</c>, <c>summary.json</c>,
    /// <c>report.html</c>; with timelines <c>segments</c> and <c>transitions</c> (<c>.csv</c>, <c>.parquet</c>); with embeddings
    /// <c>embeddings.npy</c> and <c>embeddings.index.csv</c>; with failures <c>failed.csv</c>. Each file replaces that of an earlier
    /// export when all are complete, and one that is no longer written is removed.
    /// </summary>
    /// <param name="batchId">Identifier of the batch.</param>
    /// <param name="directory">The folder; created if it does not exist.</param>
    /// <param name="options">How to write.</param>
    /// <param name="ct">Cancels the export; the files of an earlier export stay.</param>
    /// <returns>The names of the written files.</returns>
    /// <exception cref="Http.RequestException"><c>batch.not_found</c>, <c>batch.damaged</c>, or an error of the history.</exception>
    /// <exception cref="Errors.OutputException">The disk is full or unavailable, or another export writes into the folder.</exception>
    public async Task<IReadOnlyList<string>> WriteAllAsync(int batchId, string directory, ExportOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var batch = await _rows.FindAsync(batchId, ct) with { BadRows = options.BadRows };
        CreateFolder(directory);
        await using var files = new ExportFiles(batch, directory, options);
        await foreach (var row in _rows.ReadAsync(batchId, batch.Options.Embedding, ct))
            await files.WriteAsync(row, ct);
        await files.CompleteAsync(ct);
        return files.Names;
    }

    /// <summary>Writes one table, or all results as lines of JSON, to a stream, which need not be seekable.</summary>
    /// <param name="batchId">Identifier of the batch.</param>
    /// <param name="format">The format.</param>
    /// <param name="table">The table; lines of JSON contain the values of all.</param>
    /// <param name="stream">Receives the results by asynchronous writes; not closed.</param>
    /// <param name="options">How to write.</param>
    /// <param name="ct">Cancels the writing; the output is then incomplete.</param>
    /// <exception cref="Http.RequestException">
    /// <c>batch.not_found</c>, before anything is written; <c>batch.damaged</c>, or an error of the history.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public async Task WriteAsync(
        int batchId, ExportFormat format, ExportedTable table, Stream stream, ExportOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var batch = await _rows.FindAsync(batchId, ct);
        IRowWriter writer = format == ExportFormat.Jsonl ? new JsonLinesWriter(stream, options.Language) : table switch
        {
            ExportedTable.Results => Table(BatchTables.Results(batch.Columns)),
            ExportedTable.Segments => Table(BatchTables.Segments()),
            ExportedTable.Transitions => Table(BatchTables.Transitions()),
            _ => Table(BatchTables.Failures(batch.Columns, options.Language)),
        };
        using var disposable = writer as IDisposable;
        await foreach (var row in _rows.ReadAsync(batchId, embeddings: false, ct))
            await writer.WriteAsync(row, ct);
        await writer.CompleteAsync(ct);

        IRowWriter Table<T>(ExportTable<T> rows) => format == ExportFormat.Csv
            ? new CsvTableWriter<T>(rows, stream, options.ByteOrderMark)
            : new ParquetTableWriter<T>(rows, stream);
    }

    private static void CreateFolder(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, directory);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, directory);
        }
    }
}
