namespace SpeechEmotion.Client.Options;

/// <summary>The file formats of an export.</summary>
public enum BatchExportFormat
{
    /// <summary>A table as CSV.</summary>
    Csv,

    /// <summary>A line of JSON for each recording.</summary>
    Jsonl,

    /// <summary>A table as Apache Parquet.</summary>
    Parquet,

    /// <summary>All tables, the summary and the report.</summary>
    Zip,
}
