namespace SpeechEmotion.Server.Recognitions;

/// <summary>A page of recognitions.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Total">How many the query finds in all.</param>
/// <param name="Page">1 for the newest.</param>
/// <param name="PageSize">Recognitions on a page.</param>
public sealed record RecognitionList(IReadOnlyList<RecognitionResource> Items, int Total, int Page, int PageSize);
