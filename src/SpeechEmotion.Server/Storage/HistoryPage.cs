namespace SpeechEmotion.Server.Storage;

/// <summary>Some recognitions, and how many there are in all.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Total">How many the query finds.</param>
public sealed record HistoryPage(IReadOnlyList<RecognitionDocument> Items, int Total);
