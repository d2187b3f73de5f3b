namespace SpeechEmotion.Server.Exports;

/// <summary>How the results of a batch are written.</summary>
internal sealed record ExportOptions
{
    /// <summary>The language of error messages and of the report: <c>zh</c> (or any tag that begins so), otherwise English.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Whether CSV files begin with a byte order mark: without one, some spreadsheets misread Chinese.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>Number of rows of a metadata table that name no recording, for the summary and the report.</summary>
    public int BadRows { get; init; }
}
