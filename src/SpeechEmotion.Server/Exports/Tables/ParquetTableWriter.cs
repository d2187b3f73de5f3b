using System.IO.Compression;
using Parquet;
using Parquet.Schema;
using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>Writes a table as Parquet with typed columns, compressed with Zstandard. Memory holds one row group.</summary>
/// <typeparam name="T">A row of the table.</typeparam>
/// <param name="table">The table.</param>
/// <param name="output">Receives the file; not closed.</param>
internal sealed class ParquetTableWriter<T>(ExportTable<T> table, Stream output) : IRowWriter, IDisposable
{
    /// <summary>Rows of a row group: enough to compress well, few enough for memory.</summary>
    private const int GroupRows = 50_000;

    private static readonly ParquetOptions Options = new()
    {
        CompressionMethod = CompressionMethod.Zstd,
        CompressionLevel = CompressionLevel.Fastest,
    };

    private readonly BlockStream _output = new(output);
    private readonly ColumnBlock<T>[] _blocks = [.. table.Columns.Select(column => column.NewBlock())];
    private ParquetWriter? _writer;
    private int _rows;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(BatchRow row, CancellationToken ct)
    {
        foreach (var each in table.RowsOf(row))
        {
            foreach (var block in _blocks)
                block.Add(each);
            _rows++;
            if (_rows == GroupRows)
                await WriteGroupAsync(ct);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        if (_rows > 0)
            await WriteGroupAsync(ct);
        // Writes the footer.
        await (await OpenAsync(ct)).DisposeAsync();
        await _output.CompleteAsync(ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    private async Task WriteGroupAsync(CancellationToken ct)
    {
        using (var group = (await OpenAsync(ct)).CreateRowGroup())
        {
            foreach (var block in _blocks)
                await block.WriteAsync(group, ct);
            group.CompleteValidate();
        }
        _rows = 0;
        await _output.PassOnAsync(ct);
    }

    private async Task<ParquetWriter> OpenAsync(CancellationToken ct) => _writer ??= await ParquetWriter.CreateAsync(
        new ParquetSchema(_blocks.Select(block => block.Field)), _output, Options, cancellationToken: ct);
}
