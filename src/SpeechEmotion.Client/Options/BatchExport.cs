namespace SpeechEmotion.Client.Options;

/// <summary>What is exported of a batch.</summary>
/// <param name="Format">The format of the file.</param>
/// <param name="Table">The table; it applies to CSV and Parquet.</param>
public sealed record BatchExport(BatchExportFormat Format, BatchTable Table = BatchTable.Results);
