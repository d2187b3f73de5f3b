namespace SpeechEmotion.Server.Recognitions;

/// <summary>A page of recognitions.</summary>
/// <param name="Items">Recognitions on this page, newest first.</param>
/// <param name="Total">Number of recognitions that match the query, on all pages.</param>
/// <param name="Page">Page number; 1 has the newest recognitions.</param>
/// <param name="PageSize">Maximum number of recognitions per page.</param>
public sealed record RecognitionList(IReadOnlyList<RecognitionResource> Items, int Total, int Page, int PageSize);
