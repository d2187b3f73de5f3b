using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Recognitions;

/// <summary><c>/api/v1/recognitions/{id}/files/{name}</c> and the outline of the waveform.</summary>
internal static class RecognitionFilesApi
{
    private const int LeastPoints = 10;
    private const int MostPoints = 20_000;
    private const int DefaultPoints = 1000;

    public static void MapRecognitionFiles(this IEndpointRouteBuilder group)
    {
        group.MapMethods("/{id}/files/{name}", [HttpMethods.Head], FileAsync).ExcludeFromDescription();
        group.MapGet("/{id}/files/{name}", FileAsync).WithName("GetRecognitionFile")
            .WithSummary("Download a file of a recognition")
            .WithDescription("Files: processed_audio.wav, result.json, timeline.csv, embedding.npy, embedding_times.npy. Supports ranges.")
            .GivesFile("application/octet-stream", "audio/wav", "application/json", "text/csv").ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/{id}/waveform", WaveformAsync).WithName("GetRecognitionWaveform")
            .WithSummary("Get the outline of the waveform").ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<FileStreamHttpResult> FileAsync(
        HttpContext context, string id, string name, [FromServices] RecognitionQueue queue, [FromServices] RecognitionFiles files,
        [FromQuery, Description("true: show the sound in the browser instead of saving it.")] string? inline, CancellationToken ct)
    {
        var attached = !RecognitionUpload.FlagOf("inline", inline) || name != ResultFiles.ProcessedAudio;
        var file = files.Open((await queue.GetAsync(id, ct)).Document, name);
        // What was deleted must not go on playing out of a cache.
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(
            file, RecognitionFiles.TypeOf(name), attached ? name : null, File.GetLastWriteTimeUtc(file.SafeFileHandle), enableRangeProcessing: true);
    }

    private static async Task<Ok<WaveformPeaks>> WaveformAsync(
        string id, [FromServices] RecognitionQueue queue, [FromServices] RecognitionFiles files,
        [FromQuery, Description("Points of the outline, 10 to 20000.")] string? points, CancellationToken ct)
    {
        var asked = string.IsNullOrEmpty(points) ? DefaultPoints
            : NumberText.ReadWhole(points) ?? throw RequestErrors.NotNumber("points", points, LeastPoints, MostPoints, whole: true);
        await using var file = files.Open((await queue.GetAsync(id, ct)).Document, ResultFiles.ProcessedAudio);
        return TypedResults.Ok(await Task.Run(() => WaveformPeaks.Read(file, Math.Clamp(asked, LeastPoints, MostPoints), ct), ct));
    }
}
