namespace SpeechEmotion.Client.Results;

/// <summary>A page of items of a batch.</summary>
public sealed record BatchItemList
{
    /// <summary>Items on this page.</summary>
    public required IReadOnlyList<BatchItem> Items { get; init; }

    /// <summary>Number of items that match the query, on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? Next { get; init; }
}
