namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>The rows of a CSV or TSV file. The first row has the names of the columns.</summary>
internal sealed class DelimitedRows
{
    /// <summary>
    /// Maximum length of a quoted field in characters. Without a closing quote in that range, the quote is part of the text.
    /// </summary>
    private const int MaxOpenLength = 1 << 16;

    /// <summary>With more of them, the file is not what it seems, and reading the lines after each one again would take too long.</summary>
    private const int MaxOpenRows = 1000;

    private readonly string _manifest;
    private readonly IEnumerator<TextLine> _lines;
    private readonly Queue<TextLine> _again = new();
    private readonly char _separator;
    private readonly int _path;
    private readonly string[] _columns;
    private int _openRows;

    private DelimitedRows(string manifest, IEnumerator<TextLine> lines)
    {
        (_manifest, _lines) = (manifest, lines);
        (_separator, var names) = Header(FirstLine() ?? throw NoHeader());
        if (names.Count > ManifestRow.MaxColumns)
            throw SourceErrors.Manifest(
                manifest, $"it has more than {ManifestRow.MaxColumns} columns", $"列数超过 {ManifestRow.MaxColumns}");
        _path = PathColumn.IndexIn(names);
        _columns = [.. ColumnNames.Of(names).Where((_, i) => i != _path)];
    }

    /// <summary>Reads the rows one after another. A row that cannot be read is a row with an error.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="manifest">Its name in errors; tabs are preferred as separators if it ends with <c>.tsv</c>.</param>
    /// <exception cref="SourceException"><c>source.manifest</c>: there is no usable header.</exception>
    public static IEnumerable<ManifestRow> Read(IEnumerable<TextLine> lines, string manifest)
    {
        using var all = lines.GetEnumerator();
        var rows = new DelimitedRows(manifest, all);
        while (rows.Next() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line.Text) && rows.Row(line) is { } row)
                yield return row;
            else if (line.Text is null)
                yield return ManifestRow.TooLong(manifest, line.Number);
        }
    }

    private TextLine? Next() => _again.TryDequeue(out var line) ? line : _lines.MoveNext() ? _lines.Current : null;

    private string? FirstLine()
    {
        while (Next() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line.Text))
                return line.Text;
        }
        return null;
    }

    /// <summary>Chooses the separator that gives the most columns, of those with which one of the columns names a path.</summary>
    private (char Separator, List<string> Names) Header(string line)
    {
        var isTsv = _manifest.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);
        (char Separator, List<string> Names)? best = null;
        foreach (var separator in isTsv ? "\t,;" : ",;\t")
        {
            var record = new DelimitedRecord(separator);
            record.Add(line);
            if (!record.IsOpen && PathColumn.IndexIn(record.Fields) >= 0 && record.Fields.Count > (best?.Names.Count ?? 0))
                best = (separator, record.Fields);
        }
        return best ?? throw NoHeader();
    }

    /// <summary>Reads the record that starts with a line; null if all of its fields are empty.</summary>
    private ManifestRow? Row(TextLine first)
    {
        var record = new DelimitedRecord(_separator);
        record.Add(first.Text!);
        List<TextLine> further = [];
        while (record.IsOpen && record.OpenLength < MaxOpenLength && Next() is { } line)
        {
            further.Add(line);
            if (line.Text is null)
                break;
            record.Add(line.Text);
        }
        // Many spreadsheets write empty fields after the last column.
        while (!record.IsOpen && record.Fields.Count > _columns.Length + 1 && record.Fields[^1].Length == 0)
            record.Fields.RemoveAt(record.Fields.Count - 1);
        if (!record.IsOpen && record.Fields.Count <= _columns.Length + 1)
            return record.Fields.TrueForAll(field => field.Length == 0) ? null : RowOf(first.Number, record.Fields);
        // A stray quote may have taken the rows after it along.
        Return(further);
        if (record.IsOpen && ++_openRows > MaxOpenRows)
            throw SourceErrors.Manifest(
                _manifest, $"more than {MaxOpenRows} of its quotes are not closed", $"有 {MaxOpenRows} 个以上的引号没有闭合");
        return record.IsOpen
            ? ManifestRow.Bad(_manifest, first.Number, "a quote (\") is not closed", "引号（\"）没有闭合")
            : ManifestRow.Bad(
                _manifest, first.Number,
                $"it has {record.Fields.Count} fields, but the first row has {_columns.Length + 1}; "
                + $"quote a field that contains '{_separator}'",
                $"该行有 {record.Fields.Count} 个字段，而首行有 {_columns.Length + 1} 个；含“{_separator}”的字段请加引号");
    }

    private ManifestRow RowOf(long line, List<string> fields)
    {
        if (fields.Count <= _path)
            return ManifestRow.Bad(_manifest, line, "it ends before its path", "该行在路径之前结束");
        var path = fields[_path];
        fields.RemoveAt(_path);
        return ManifestRow.Of(_manifest, line, path, _columns, [.. fields]);
    }

    private void Return(List<TextLine> lines)
    {
        TextLine[] later = [.. _again];
        _again.Clear();
        foreach (var line in lines.Concat(later))
            _again.Enqueue(line);
    }

    private SourceException NoHeader() => SourceErrors.Manifest(
        _manifest, "no column of its first row names a path", "首行没有表示路径的列");
}
