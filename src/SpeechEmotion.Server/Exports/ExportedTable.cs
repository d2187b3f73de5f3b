namespace SpeechEmotion.Server.Exports;

/// <summary>A table of an export as CSV or Parquet: of a batch, or of the history.</summary>
internal enum ExportedTable
{
    /// <summary>One row per recording with a result.</summary>
    Results,

    /// <summary>One row per segment of speech.</summary>
    Segments,

    /// <summary>One row per change of emotion.</summary>
    Transitions,

    /// <summary>One row per recording without a result.</summary>
    Failed,
}
