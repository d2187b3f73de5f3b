namespace SpeechEmotion.Client.Results;

/// <summary>A page of batches.</summary>
public sealed record BatchList
{
    /// <summary>Batches on this page, newest first.</summary>
    public required IReadOnlyList<Batch> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public string? Next { get; init; }
}
