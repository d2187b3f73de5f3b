using SpeechEmotion.Server.Recognitions;

namespace SpeechEmotion.Server.History;

/// <summary>Some recognitions, and how many there are in all.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Total">How many the query finds.</param>
public sealed record HistoryPage(IReadOnlyList<RecognitionRecord> Items, int Total);
