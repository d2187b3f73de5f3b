namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>What a file needs of each recognition of the history, so that nothing else is read.</summary>
internal enum RowParts
{
    /// <summary>The answer or the failure, and the number of segments.</summary>
    Answer,

    /// <summary>Also the segments of speech and the changes of emotion.</summary>
    Segments,

    /// <summary>Also the line of <c>recognize --json</c>, but not the segments.</summary>
    Line,
}
