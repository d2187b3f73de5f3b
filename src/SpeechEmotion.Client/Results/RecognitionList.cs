namespace SpeechEmotion.Client.Results;

/// <summary>A page of recognitions.</summary>
public sealed record RecognitionList
{
    /// <summary>Recognitions on this page, newest first.</summary>
    public required IReadOnlyList<Recognition> Items { get; init; }

    /// <summary>Number of recognitions that match the query, on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>Page number; 1 has the newest recognitions.</summary>
    public required int Page { get; init; }

    /// <summary>Maximum number of recognitions per page.</summary>
    public required int PageSize { get; init; }
}
