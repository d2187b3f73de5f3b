using System.Text.Json;

namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>The rows of a file with one JSON object a line.</summary>
internal static class JsonRows
{
    /// <summary>Reads the rows one after another. A row that cannot be read is a row with an error.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="manifest">Its name in errors.</param>
    public static IEnumerable<ManifestRow> Read(IEnumerable<TextLine> lines, string manifest)
    {
        foreach (var line in lines)
        {
            if (line.Text is null)
                yield return ManifestRow.TooLong(manifest, line.Number);
            else if (!string.IsNullOrWhiteSpace(line.Text))
                yield return Parse(line.Text, line.Number, manifest);
        }
    }

    /// <summary>Whether a line is meant to be a JSON object, not a path that starts with a brace.</summary>
    public static bool IsMeant(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return line is ['{', .. var rest] && rest.TrimStart() is ['"' or '}', ..];
    }

    /// <summary>Parses one line.</summary>
    public static ManifestRow Parse(string text, long line, string manifest)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? RowOf(document.RootElement, line, manifest)
                : ManifestRow.Bad(manifest, line, "it is not a JSON object", "不是 JSON 对象");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape that is half a character.
            return ManifestRow.Bad(manifest, line, "it is not valid JSON", "不是有效的 JSON", e);
        }
    }

    private static ManifestRow RowOf(JsonElement row, long line, string manifest)
    {
        List<string> names = [], values = [];
        foreach (var property in row.EnumerateObject())
        {
            if (names.Count == ManifestRow.MaxColumns)
                return ManifestRow.Bad(
                    manifest, line, $"it has more than {ManifestRow.MaxColumns} values", $"值超过 {ManifestRow.MaxColumns} 个");
            if (ValueOf(property.Value) is not { } value)
                continue;
            names.Add(property.Name);
            values.Add(value);
        }
        var path = PathColumn.IndexIn(names);
        if (path < 0)
            return ManifestRow.Bad(manifest, line, "it has no path or url", "没有 path 或 url");
        var columns = ColumnNames.Of(names);
        return ManifestRow.Of(manifest, line, values[path], [.. Without(columns, path)], [.. Without(values, path)]);
    }

    /// <summary>The value as text; null for <c>null</c>.</summary>
    private static string? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    private static IEnumerable<string> Without(IEnumerable<string> all, int index) => all.Where((_, i) => i != index);
}
