namespace SpeechEmotion.Server.Exports;

/// <summary>A table of the history.</summary>
internal enum HistoryTable
{
    /// <summary>One row per recognition with a result.</summary>
    Results,

    /// <summary>One row per segment of speech.</summary>
    Segments,

    /// <summary>One row per change of emotion.</summary>
    Transitions,
}
