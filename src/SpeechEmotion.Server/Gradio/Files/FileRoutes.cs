using System.Text.Json.Nodes;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>The routes for uploads, and for files by the paths that the server returned.</summary>
internal static class FileRoutes
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>The content types that a browser may play; all other files are downloads.</summary>
    private static readonly Dictionary<string, string> Audible = new(StringComparer.OrdinalIgnoreCase)
    {
        [".wav"] = "audio/wav",
        [".mp3"] = "audio/mpeg",
        [".flac"] = "audio/flac",
        [".ogg"] = "audio/ogg",
        [".opus"] = "audio/ogg",
        [".m4a"] = "audio/mp4",
        [".aac"] = "audio/aac",
        [".webm"] = "audio/webm",
    };

    public static void MapGradioFiles(this RouteGroupBuilder group)
    {
        group.MapPost("/upload", UploadAsync);
        group.MapMethods("/{file:regex(^file=)}/{**rest}", Methods, FileAsync);
        group.MapMethods("/file/{**rest}", Methods, FileAsync);
    }

    private static async Task<IResult> UploadAsync(HttpContext context, UploadStore uploads, HeldUploads held, CancellationToken ct)
    {
        if (context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
            return TypedResults.Text("Invalid content type", "text/plain", null, 400);
        UploadForm form;
        try
        {
            form = await UploadForm.ReadAsync(context.Request, uploads, UploadForm.IsRecording, temporary: false, ct);
        }
        catch (Exception e) when (GradioAnswer.Expected(e) is { } error)
        {
            // Clients show this response unchanged.
            return TypedResults.Text(
                GradioErrors.Text(error, context.PreferredLanguage()), "text/plain", null, GradioAnswer.StatusOf(error, context));
        }
        var paths = new JsonArray([.. form.Files.Select(file => (JsonNode)held.Add(file.Recording).ToString())]);
        return TypedResults.Text(paths.ToJsonString(), "application/json");
    }

    private static async Task<IResult> FileAsync(HttpContext context, GradioFiles files, CancellationToken ct)
    {
        var path = Asked(context.Request.Path.Value!);
        if (await files.FindAsync(path, ct) is not { } file)
            return GradioAnswer.Detail(403, $"File not allowed: {path}.");
        var type = Audible.GetValueOrDefault(Path.GetExtension(path));
        return TypedResults.PhysicalFile(
            file.Path, type ?? (path.EndsWith(".json", StringComparison.Ordinal) ? "application/json" : "application/octet-stream"),
            type is null ? path[(path.LastIndexOf('/') + 1)..] : null, enableRangeProcessing: true);
    }

    /// <summary>Returns the path after <c>file=</c> or <c>file/</c>. Kestrel does not unescape a slash.</summary>
    private static string Asked(string path)
    {
        if (path.StartsWith(AccessApi.GradioPrefix, StringComparison.Ordinal))
            path = path[AccessApi.GradioPrefix.Length..];
        return path[Math.Min("/file=".Length, path.Length)..].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
    }
}
