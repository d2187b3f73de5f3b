using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The query parameters that choose a page of the recognition list.</summary>
internal sealed record RecognitionPage
{
    private const int MaxPageSize = 200;

    [FromQuery(Name = "page"), Description("Page number; 1 has the newest recognitions.")]
    public string? Page { get; init; }

    [FromQuery(Name = "page_size"), Description("Recognitions per page, 200 at most; default 20.")]
    public string? PageSize { get; init; }

    /// <summary>Returns a query with this page.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    internal HistoryQuery Of(HistoryQuery query) => query with
    {
        Page = RequestErrors.WholeIn("page", Page, 1, int.MaxValue) ?? 1,
        PageSize = RequestErrors.WholeIn("page_size", PageSize, 1, MaxPageSize) ?? 20,
    };
}
