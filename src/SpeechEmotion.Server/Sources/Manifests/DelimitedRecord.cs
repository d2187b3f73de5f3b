using System.Text;

namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>
/// Splits one record of a CSV or TSV file into its fields. A quote counts only at the start of a field, and ends it only before a
/// separator or the end of the line: others are text, as in the transcripts of many corpora.
/// </summary>
/// <param name="separator">What separates fields.</param>
internal sealed class DelimitedRecord(char separator)
{
    private const char Quote = '"';

    private readonly StringBuilder _open = new();

    /// <summary>The complete fields.</summary>
    public List<string> Fields { get; } = [];

    /// <summary>Whether the last field is quoted and continues on the next line.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Length of the open field so far.</summary>
    public int OpenLength => _open.Length;

    /// <summary>Adds a line: the first one of the record, or a further one while <see cref="IsOpen"/>.</summary>
    public void Add(string line)
    {
        var at = 0;
        if (IsOpen)
        {
            _open.Append('\n');
            at = ReadQuoted(line, 0);
        }
        else
        {
            at = ReadField(line, 0);
        }
        while (at < line.Length && !IsOpen)
            at = ReadField(line, at + 1);
    }

    /// <summary>Reads the field that starts at an index.</summary>
    /// <returns>The index of the separator after it, or the length of the line.</returns>
    private int ReadField(string line, int at)
    {
        if (at < line.Length && line[at] == Quote)
        {
            IsOpen = true;
            return ReadQuoted(line, at + 1);
        }
        var end = line.IndexOf(separator, at);
        end = end < 0 ? line.Length : end;
        Fields.Add(line[at..end]);
        return end;
    }

    private int ReadQuoted(string line, int at)
    {
        while (true)
        {
            var quote = line.IndexOf(Quote, at);
            _open.Append(line, at, (quote < 0 ? line.Length : quote) - at);
            if (quote < 0)
                return line.Length;
            var next = quote + 1;
            if (next == line.Length || line[next] == separator)
            {
                Fields.Add(_open.ToString());
                _open.Clear();
                IsOpen = false;
                return next;
            }
            // A doubled quote is one quote.
            _open.Append(Quote);
            at = line[next] == Quote ? next + 1 : next;
        }
    }
}
