namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>One row of a list of recordings, as it was written.</summary>
/// <param name="Line">The one-based line on which the row starts.</param>
/// <param name="Path">The path or address; null with an error.</param>
internal sealed record ManifestRow(long Line, string? Path)
{
    /// <summary>The most columns of a row.</summary>
    public const int MaxColumns = 200;

    /// <summary>The longest path, column name or value, in UTF-16 code units.</summary>
    public const int MaxValue = 4096;

    /// <summary>The further columns; null if there are none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Why the row names no recording; null if it does.</summary>
    public SourceException? Error { get; init; }

    /// <summary>Creates a row from its values.</summary>
    /// <param name="manifest">The name of the list in errors.</param>
    /// <param name="line">The line on which the row starts.</param>
    /// <param name="path">The path or address.</param>
    /// <param name="columns">The names of the further columns.</param>
    /// <param name="values">Their values, at most as many.</param>
    public static ManifestRow Of(string manifest, long line, string path, string[] columns, string[] values)
    {
        if (string.IsNullOrWhiteSpace(path))
            return Bad(manifest, line, "its path is empty", "路径为空");
        if (path.Length > MaxValue || path.Contains('\0'))
            return Bad(manifest, line, $"its path is longer than {MaxValue} characters or contains a NUL", $"路径超过 {MaxValue} 个字符或含有 NUL");
        var index = Array.FindIndex(values, value => value.Length > MaxValue);
        if (index >= 0)
            return Bad(
                manifest, line, $"the value of '{columns[index]}' is longer than {MaxValue} characters",
                $"“{columns[index]}”的值超过 {MaxValue} 个字符");
        return new(line, path) { Metadata = values.Length > 0 ? new RowMetadata(columns, values) : null };
    }

    /// <summary>Creates a row with the error <c>source.row</c>.</summary>
    public static ManifestRow Bad(string manifest, long line, string why, string whyZh, Exception? inner = null) =>
        new(line, null) { Error = SourceErrors.Row(manifest, line, why, whyZh, inner) };

    /// <summary>Creates a row for a line that is longer than lines may be.</summary>
    public static ManifestRow TooLong(string manifest, long line) => Bad(manifest, line, "it is longer than 1 MiB", "该行超过 1 MiB");
}
