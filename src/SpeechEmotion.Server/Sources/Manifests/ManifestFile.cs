using System.Text;

namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>A file with a list of recordings: CSV, TSV, JSON lines or Kaldi's <c>wav.scp</c>.</summary>
internal static class ManifestFile
{
    /// <summary>Whether a file is a list. The extension decides, because lists are plain text without a signature.</summary>
    public static bool Is(string path) => RowsOf(path) is not null;

    /// <summary>Reads the rows of a list one after another.</summary>
    /// <param name="path">The path. An unknown extension means CSV or TSV.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="SourceException"><c>source.not_readable</c>, <c>source.manifest</c>.</exception>
    public static IEnumerable<ManifestRow> Read(string path, CancellationToken ct)
    {
        using var file = Open(path);
        var rows = RowsOf(path) ?? DelimitedRows.Read;
        // Spreadsheets write tables only; the other lists are UTF-8, or have the bytes of names on this machine.
        var encoding = rows == DelimitedRows.Read ? EncodingOf(file, path, ct) : Encoding.UTF8;
        foreach (var row in rows(TextLines.Read(file, path, '\n', encoding, ct), path))
            yield return row;
    }

    private static Func<IEnumerable<TextLine>, string, IEnumerable<ManifestRow>>? RowsOf(string path) =>
        Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" or ".TSV" => DelimitedRows.Read,
            ".JSONL" or ".NDJSON" => JsonRows.Read,
            ".SCP" => KaldiRows.Read,
            _ => null,
        };

    private static Encoding EncodingOf(FileStream file, string path, CancellationToken ct)
    {
        try
        {
            return TextEncoding.Of(file, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SourceErrors.NotReadable(path, e);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return SourceFile.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SourceErrors.NotReadable(path, e);
        }
    }
}
