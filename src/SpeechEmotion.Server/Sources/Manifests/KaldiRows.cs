using System.Text.RegularExpressions;

namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>The rows of a <c>wav.scp</c> of Kaldi: an utterance's name and its path. Commands are never executed.</summary>
internal static partial class KaldiRows
{
    private static readonly string[] Columns = ["utterance"];

    /// <summary>Reads the rows one after another. A row that names no file is a row with an error.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="manifest">Its name in errors.</param>
    public static IEnumerable<ManifestRow> Read(IEnumerable<TextLine> lines, string manifest)
    {
        foreach (var line in lines)
        {
            if (line.Text is null)
                yield return ManifestRow.TooLong(manifest, line.Number);
            else if (!string.IsNullOrWhiteSpace(line.Text))
                yield return Parse(line.Text.Trim(), line.Number, manifest);
        }
    }

    private static ManifestRow Parse(string text, long line, string manifest)
    {
        var end = text.AsSpan().IndexOfAny(' ', '\t');
        if (end < 0)
            return ManifestRow.Bad(manifest, line, "it has an utterance but no path", "只有 utterance，没有路径");
        var (utterance, path) = (text[..end], text[end..].Trim());
        var row = ManifestRow.Of(manifest, line, path, Columns, [utterance]);
        var error = path switch
        {
            "-" => SourceErrors.Row(manifest, line, "it reads standard input", "该行读取标准输入"),
            [.., '|'] or ['|', ..] => SourceErrors.Pipe(manifest, line),
            _ when OffsetPattern().IsMatch(path) => SourceErrors.Offset(manifest, line),
            _ => null,
        };
        return error is null ? row : row with { Error = error };
    }

    /// <summary>An offset in an archive of many recordings, perhaps with a range of rows.</summary>
    [GeneratedRegex(@":[0-9]+(\[[^\]]*\])?\z")]
    private static partial Regex OffsetPattern();
}
