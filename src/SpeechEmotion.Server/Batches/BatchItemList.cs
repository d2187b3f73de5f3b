namespace SpeechEmotion.Server.Batches;

/// <summary>A page of the recordings of a batch.</summary>
/// <param name="Items">The recordings.</param>
/// <param name="Total">Number of recordings that match the query, on all pages.</param>
/// <param name="Next">The value of <c>cursor</c> for the next page; null on the last one.</param>
public sealed record BatchItemList(IReadOnlyList<BatchItemResource> Items, int Total, string? Next);
