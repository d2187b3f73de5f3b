namespace SpeechEmotion.Server.Exports;

/// <summary>A format in which the results of a batch or of the history are written to a stream.</summary>
internal enum ExportFormat
{
    /// <summary>Comma-separated values (RFC 4180): one row per recording with a result.</summary>
    Csv,

    /// <summary>One line of JSON per recording with a result or an error.</summary>
    Jsonl,

    /// <summary>Apache Parquet with typed columns: one row per recording with a result.</summary>
    Parquet,

    /// <summary>A ZIP archive with the others.</summary>
    Zip,
}
