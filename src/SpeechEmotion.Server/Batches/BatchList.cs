namespace SpeechEmotion.Server.Batches;

/// <summary>A page of batches.</summary>
/// <param name="Items">The batches, newest first.</param>
/// <param name="Next">The value of <c>cursor</c> for the next page; null on the last one.</param>
public sealed record BatchList(IReadOnlyList<BatchResource> Items, string? Next);
