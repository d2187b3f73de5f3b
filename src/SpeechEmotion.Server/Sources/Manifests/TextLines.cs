using System.Text;

namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>The lines of a text of any size, one after another. Longer lines than allowed are passed over, never held.</summary>
internal static class TextLines
{
    /// <summary>The longest line, in UTF-16 code units.</summary>
    public const int MaxLength = 1 << 20;

    private const int UsualLength = 1 << 16;

    /// <summary>Reads a text in the encoding of its byte order mark, or else in the given one.</summary>
    /// <param name="stream">The text; not disposed.</param>
    /// <param name="name">Its name in errors.</param>
    /// <param name="separator">What ends a line; null for a line feed, or a NUL if the text begins with a line that ends with one.</param>
    /// <param name="encoding">The encoding of a text without a mark. With UTF-8, invalid bytes become U+FFFD, as in file names.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="SourceException"><c>source.not_readable</c>.</exception>
    public static IEnumerable<TextLine> Read(Stream stream, string name, char? separator, Encoding encoding, CancellationToken ct)
    {
        using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, UsualLength, leaveOpen: true);
        var buffer = new char[UsualLength];
        var (start, end, number, isTooLong) = (0, 0, 0L, false);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var rest = buffer.AsSpan(start, end - start);
            separator ??= rest.Contains('\0') ? '\0' : rest.Contains('\n') ? '\n' : (char?)null;
            var length = separator is { } mark ? rest.IndexOf(mark) : -1;
            if (length >= 0)
            {
                var line = LineOf(++number, rest[..length], separator == '\n', isTooLong);
                (start, isTooLong) = (start + length + 1, false);
                yield return line;
                continue;
            }
            rest.CopyTo(buffer);
            (start, end) = (0, rest.Length);
            if (end > MaxLength)
                (end, isTooLong) = (0, true);
            else if (end == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = Fill(reader, buffer.AsSpan(end), name);
            if (read == 0)
                break;
            end += read;
        }
        if (end > 0 || isTooLong)
            yield return LineOf(++number, buffer.AsSpan(0, end), separator != '\0', isTooLong);
    }

    private static TextLine LineOf(long number, ReadOnlySpan<char> text, bool isText, bool isTooLong)
    {
        if (isTooLong || text.Length > MaxLength)
            return new(number, null);
        return new(number, (isText && text.EndsWith('\r') ? text[..^1] : text).ToString());
    }

    private static int Fill(StreamReader reader, Span<char> buffer, string name)
    {
        try
        {
            return reader.Read(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SourceErrors.NotReadable(name, e);
        }
    }
}
