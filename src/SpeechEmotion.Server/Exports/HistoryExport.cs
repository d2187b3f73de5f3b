using System.IO.Compression;
using System.Text;
using SpeechEmotion.Server.Exports.Rows;
using SpeechEmotion.Server.Exports.Tables;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Exports;

/// <summary>
/// Writes the recognitions of the history that have ended to a stream. Memory does not grow with their number.
/// </summary>
internal sealed class HistoryExport(HistoryPages pages, RecognitionFiles files, TimeProvider time)
{
    private readonly HistoryRows _rows = new(pages, files);

    /// <summary>Writes the recognitions that match a query, newest first.</summary>
    /// <param name="query">The filters.</param>
    /// <param name="format">The format; JSON lines and archives always have all tables.</param>
    /// <param name="table">The table.</param>
    /// <param name="options">How to write.</param>
    /// <param name="output">Receives the file by asynchronous writes; not closed.</param>
    /// <param name="ct">Cancels the writing; the output is then incomplete.</param>
    /// <exception cref="Errors.SpeechEmotionException">The history or a result file cannot be read.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public Task WriteAsync(
        HistoryQuery query, ExportFormat format, ExportedTable table, ExportOptions options, Stream output, CancellationToken ct) =>
        (format, table) switch
        {
            (ExportFormat.Zip, _) => WriteArchiveAsync(query, options, output, ct),
            (ExportFormat.Jsonl, _) => WriteAsync(query, RowParts.Line, new JsonLinesWriter(output, options.Language), ct),
            (_, ExportedTable.Results) => WriteAsync(
                query, RowParts.Answer, WriterOf(format, HistoryTables.Results(), options, output), ct),
            (_, ExportedTable.Segments) => WriteAsync(
                query, RowParts.Segments, WriterOf(format, HistoryTables.Segments(), options, output), ct),
            (_, ExportedTable.Transitions) => WriteAsync(
                query, RowParts.Segments, WriterOf(format, HistoryTables.Transitions(), options, output), ct),
            _ => WriteAsync(query, RowParts.Answer, WriterOf(format, HistoryTables.Failures(options.Language), options, output), ct),
        };

    /// <summary>
    /// Writes <c>results.csv</c>, <c>results.jsonl</c>, <c>results.parquet</c>, <c>segments.csv</c> and <c>failed.csv</c> one after
    /// the other, each from a reading of its own: an archive is a stream, and needs no space on the disk.
    /// </summary>
    private async Task WriteArchiveAsync(HistoryQuery query, ExportOptions options, Stream output, CancellationToken ct)
    {
        // The archive writes some of its parts synchronously, which the body of a response refuses.
        await using var blocks = new BlockStream(output);
        await using (var archive = await ZipArchive.CreateAsync(blocks, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ct))
        {
            await AddAsync("results.csv", RowParts.Answer, file => new CsvTableWriter<BatchRow>(
                HistoryTables.Results(), file, options.ByteOrderMark));
            await AddAsync("results.jsonl", RowParts.Line, file => new JsonLinesWriter(file, options.Language));
            await AddAsync("results.parquet", RowParts.Answer, file => new ParquetTableWriter<BatchRow>(HistoryTables.Results(), file));
            await AddAsync("segments.csv", RowParts.Segments, file => new CsvTableWriter<SegmentRow>(
                HistoryTables.Segments(), file, options.ByteOrderMark));
            await AddAsync("failed.csv", RowParts.Answer, file => new CsvTableWriter<BatchRow>(
                HistoryTables.Failures(options.Language), file, options.ByteOrderMark));

            async Task AddAsync(string name, RowParts parts, Func<Stream, IRowWriter> create)
            {
                // Parquet is compressed already.
                var entry = archive.CreateEntry(name, name.EndsWith(".parquet", StringComparison.Ordinal)
                    ? CompressionLevel.NoCompression
                    : CompressionLevel.Fastest);
                entry.LastWriteTime = time.GetLocalNow();
                await using var file = await entry.OpenAsync(ct);
                await WriteAsync(query, parts, create(file), ct);
            }
        }
        await blocks.CompleteAsync(ct);
    }

    private async Task WriteAsync(HistoryQuery query, RowParts parts, IRowWriter writer, CancellationToken ct)
    {
        using var disposable = writer as IDisposable;
        await foreach (var row in _rows.ReadAsync(query, parts, ct))
            await writer.WriteAsync(row, ct);
        await writer.CompleteAsync(ct);
    }

    private static IRowWriter WriterOf<T>(ExportFormat format, ExportTable<T> table, ExportOptions options, Stream output) =>
        format == ExportFormat.Csv
            ? new CsvTableWriter<T>(table, output, options.ByteOrderMark)
            : new ParquetTableWriter<T>(table, output);
}
