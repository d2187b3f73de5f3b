namespace SpeechEmotion.Server.Storage;

/// <summary>A page of recognitions, with the total number of matches.</summary>
/// <param name="Items">Recognitions on the page, newest first.</param>
/// <param name="Total">Number of recognitions that match the query.</param>
public sealed record HistoryPage(IReadOnlyList<RecognitionDocument> Items, int Total);
