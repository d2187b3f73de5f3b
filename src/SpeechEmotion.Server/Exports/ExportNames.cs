namespace SpeechEmotion.Server.Exports;

/// <summary>Names of exported files and their types.</summary>
internal static class ExportNames
{
    /// <summary>The media type of a format.</summary>
    public static string MediaType(this ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv",
        ExportFormat.Jsonl => "application/jsonl",
        ExportFormat.Parquet => "application/vnd.apache.parquet",
        _ => "application/zip",
    };

    /// <summary>The name of a file: what it has, and its extension.</summary>
    /// <param name="format">The format.</param>
    /// <param name="table">The table.</param>
    /// <param name="results">What the file has if it is the table of results, or has all tables.</param>
    /// <param name="suffix">What distinguishes the export from others.</param>
    public static string FileOf(ExportFormat format, ExportedTable table, string results, string suffix)
    {
        var content = table == ExportedTable.Results ? results : table.ToString().ToLowerInvariant();
        return $"{content}-{suffix}.{format.ToString().ToLowerInvariant()}";
    }
}
