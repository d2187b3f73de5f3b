using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SpeechEmotion.Audio;
using SpeechEmotion.Models;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Errors;
using SpeechEmotion.Server.Recognitions;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Ops;

/// <summary><c>/api/v1/system</c>.</summary>
internal static class SystemApi
{
    private static readonly string[] Formats =
        ["WAV", "MP3", "M4A", "FLAC", "OGG", "Opus", "AAC", "WMA", "AMR", "AIFF", "AU", "AC-3", "DTS", "W64", "WavPack", "APE", "WebM", "3GP", "MP4", "MKV", "AVI", "MOV", "MPEG"];

    public static IEndpointRouteBuilder MapSystem(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/system", Get).WithTags("System").ProducesProblem(401).ProducesProblem(429).WithName("GetSystem").WithSummary("Get version, model, queue and limits of the server");
        return routes;
    }

    private static Ok<SystemResource> Get(
        HttpContext context, RecognizerPool recognizers, RecognitionQueue queue, UploadStore uploads, MemoryBudget memory, DiskBudget disk, ServerFolder folder,
        IOptions<ServerOptions> options) => TypedResults.Ok(new SystemResource(
            ProductVersion.Text, InferenceRuntime.Version, RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription,
            Environment.ProcessorCount, memory.Limit, new(disk.Limit, disk.Used, DiskSpace.FreeAt(folder.Own)), Path.GetFileName(folder.Output), ModelStatus.Of(recognizers, context.Language()),
            new(queue.Running, queue.Waiting, queue.Capacity, queue.Workers), new(uploads.MaxBytes, options.Value.MaxHours), Formats, RecordingExtensions.All));
}
