using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Monitoring;

/// <summary><c>/api/v1/system</c>.</summary>
internal static class SystemApi
{
    private static readonly string[] Formats =
    [
        "WAV", "MP3", "M4A", "FLAC", "OGG", "Opus", "AAC", "WMA", "AMR", "AIFF", "AU", "AC-3", "DTS", "W64", "WavPack", "APE",
        "WebM", "3GP", "MP4", "MKV", "AVI", "MOV", "MPEG",
    ];

    public static IEndpointRouteBuilder MapSystem(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/system", Get).WithTags("System").GuardRest()
            .WithName("GetSystem").WithSummary("Get version, model, queue and limits of the server");
        return routes;
    }

    private static Ok<SystemResource> Get(
        HttpContext context, RecognizerPool recognizers, RecognitionQueue queue, UploadStore uploads, MemoryBudget memory,
        DiskBudget disk, HistoryDatabase database, ServerFolder folder, IOptions<ServerOptions> options) => TypedResults.Ok(
        new SystemResource(
            ProductVersion.Text, InferenceRuntime.Version, RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription,
            Environment.ProcessorCount, memory.Limit, new(disk.Limit, disk.Used, DiskSpace.FreeAt(folder.Shared)),
            folder.ResultsName, ModelStatus.Of(recognizers, context.Language()),
            new(queue.Running, queue.Waiting, queue.Capacity, queue.Workers), new(uploads.MaxBytes, options.Value.MaxHours),
            Formats, RecordingExtensions.All, database.IsShared, options.Value.BatchRoot is not null));
}
