using System.Text;
using nietras.SeparatedValues;
using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>Writes a table as CSV (RFC 4180): UTF-8, a header, commas, CRLF.</summary>
/// <typeparam name="T">A row of the table.</typeparam>
internal sealed class CsvTableWriter<T> : IRowWriter, IDisposable
{
    private readonly ExportTable<T> _table;
    private readonly BlockStream _output;
    private readonly StreamWriter _text;
    private readonly SepWriter _csv;

    /// <param name="table">The table.</param>
    /// <param name="output">Receives the file; not closed.</param>
    /// <param name="byteOrderMark">Whether the file begins with a byte order mark.</param>
    public CsvTableWriter(ExportTable<T> table, Stream output, bool byteOrderMark)
    {
        _table = table;
        _output = new(output);
        _text = new(_output, new UTF8Encoding(byteOrderMark)) { NewLine = "\r\n" };
        _csv = Sep.New(',').Writer(options => options with { Escape = true }).To(_text);
        _csv.Header.Add([.. table.Columns.Select(column => column.Name)]);
        _csv.Header.Write();
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(BatchRow row, CancellationToken ct)
    {
        foreach (var each in _table.RowsOf(row))
            Write(each);
        return _output.PassOnAsync(ct);
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        _csv.Flush();
        await _output.CompleteAsync(ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _csv.Dispose();

    private void Write(T row)
    {
        using var cells = _csv.NewRow();
        for (var i = 0; i < _table.Columns.Count; i++)
            _table.Columns[i].Write(cells[i], row);
    }
}
