using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Recognitions;

/// <summary><c>/api/v1/recognitions/{id}/timeline</c>.</summary>
internal static class RecognitionTimelineApi
{
    public static void MapRecognitionTimeline(this IEndpointRouteBuilder group) =>
        group.MapGet("/{id}/timeline", GetAsync).WithName("GetRecognitionTimeline")
            .WithSummary("Get the timeline: which emotion, when")
            .WithDescription(
                "As JSON, a table, subtitles or labels. "
                    + "404 `recognition.no_timeline` if the model processed the recording as a whole.")
            .Produces<TimelineResource>(200, "application/json")
            .GivesFile("text/csv", "application/x-subrip", "text/vtt", "text/plain")
            .ProducesProblem(400).ProducesProblem(404);

    private static async Task<FileContentHttpResult> GetAsync(
        HttpContext context, string id, [FromServices] RecognitionQueue queue, [FromServices] RecognitionFiles files,
        [FromQuery, Description("Format of the timeline. Default json. The server sends all other formats as attachments.")] string? format,
        [FromQuery, Description("Language of subtitles and labels, zh or en; default: the language of Accept-Language.")] string? language,
        CancellationToken ct)
    {
        var requestedFormat = FormatOf(format);
        var requestedLanguage = string.IsNullOrEmpty(language) ? context.Language() : LanguageOf(language);
        var document = (await queue.GetAsync(id, ct)).Document;
        if (document.Summary is null)
            throw RequestErrors.NoTimeline();
        await using var result = await files.OpenAsync(document, ResultFiles.Result, ct);
        // Reading and writing are synchronous; hours of speech take only a few megabytes.
        var bytes = await Task.Run(() => Write(result, requestedFormat, requestedLanguage), ct);
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(
            bytes, requestedFormat.MediaType(),
            requestedFormat == TimelineFormat.Json ? null : DownloadName.Of(document.FileName, requestedFormat.FileName()));
    }

    private static ReadOnlyMemory<byte> Write(FileStream result, TimelineFormat format, string language)
    {
        var (timeline, duration) = TimelineReader.Read(result, ResultFiles.Result) ?? throw RequestErrors.NoTimeline();
        var file = new MemoryStream();
        TimelineFile.Write(file, timeline, format, duration, language);
        return file.GetBuffer().AsMemory(0, (int)file.Length);
    }

    private static TimelineFormat FormatOf(string? key) => string.IsNullOrEmpty(key) ? TimelineFormat.Json
        : TimelineFormatNames.FromKey(key) ?? throw RequestErrors.NotOneOf(
            "format", key, [.. TimelineFormatNames.All.Select(format => format.Key())]);

    private static string LanguageOf(string language) =>
        language is "zh" or "en" ? language : throw RequestErrors.NotOneOf("language", language, "zh", "en");
}
