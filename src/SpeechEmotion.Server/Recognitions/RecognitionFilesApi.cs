using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Recognitions;

/// <summary><c>/api/v1/recognitions/{id}/files/{name}</c> and <c>/api/v1/recognitions/{id}/waveform</c>.</summary>
internal static class RecognitionFilesApi
{
    private const int MinPoints = 10;
    private const int MaxPoints = 20_000;
    private const int DefaultPoints = 1000;

    public static void MapRecognitionFiles(this IEndpointRouteBuilder group)
    {
        group.MapMethods("/{id}/files/{name}", [HttpMethods.Head], FileAsync).ExcludeFromDescription();
        group.MapGet("/{id}/files/{name}", FileAsync).WithName("GetRecognitionFile")
            .WithSummary("Download a file of a recognition")
            .WithDescription("Files: processed_audio.wav, result.json, timeline.csv, embedding.npy, embedding_times.npy. Supports ranges.")
            .GivesFile("application/octet-stream", "audio/wav", "application/json", "text/csv").Produces(206).Produces(304)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(416);
        group.MapGet("/{id}/waveform", WaveformAsync).WithName("GetRecognitionWaveform")
            .WithSummary("Get the outline of the waveform").ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<FileStreamHttpResult> FileAsync(
        HttpContext context, string id, string name, [FromServices] RecognitionQueue queue, [FromServices] RecognitionFiles files,
        [FromQuery, Description("true: play the audio in the browser instead of saving it.")] string? inline, CancellationToken ct)
    {
        var attached = !RequestErrors.FlagIn("inline", inline) || name != ResultFiles.ProcessedAudio;
        var document = (await queue.GetAsync(id, ct)).Document;
        var file = await files.OpenAsync(document, name, ct);
        // A deleted recording must not play from a cache.
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(
            file, RecognitionFiles.TypeOf(name), attached ? DownloadName.Of(document.FileName, name) : null,
            File.GetLastWriteTimeUtc(file.SafeFileHandle), enableRangeProcessing: true);
    }

    private static async Task<Ok<WaveformPeaks>> WaveformAsync(
        string id, [FromServices] RecognitionQueue queue, [FromServices] RecognitionFiles files,
        [FromQuery, Description("Number of points of the outline, 10 to 20000; default 1000.")] string? points, CancellationToken ct)
    {
        var requested = string.IsNullOrEmpty(points) ? DefaultPoints
            : NumberText.ReadWhole(points) ?? throw RequestErrors.NotNumber("points", points, MinPoints, MaxPoints, whole: true);
        await using var file = await files.OpenAsync((await queue.GetAsync(id, ct)).Document, ResultFiles.ProcessedAudio, ct);
        return TypedResults.Ok(await Task.Run(() => WaveformPeaks.Read(file, Math.Clamp(requested, MinPoints, MaxPoints), ct), ct));
    }
}
