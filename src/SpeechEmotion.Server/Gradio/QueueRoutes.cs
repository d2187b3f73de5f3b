using System.Text.Json;
using System.Text.Json.Nodes;
using SpeechEmotion.Server.Gradio.Files;
using SpeechEmotion.Server.Gradio.Streams;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio;

/// <summary>The queue routes: a call is accepted at once, and the stream of its session reports its progress and outcome.</summary>
internal static class QueueRoutes
{
    /// <summary>The longest session hash.</summary>
    public const int MaxHashLength = 128;

    private const long MaxCancelBytes = 16 * 1024;

    public static void MapGradioQueue(this RouteGroupBuilder group)
    {
        group.MapPost("/queue/join", JoinAsync);
        group.MapGet("/queue/data", DataAsync).WithMetadata(RequestCost.Waiting).DisableHttpMetrics();
        group.MapGet("/queue/status", Status);
        group.MapPost("/cancel", CancelAsync).AllowAnonymous();
        group.MapPost("/reset", Reset).AllowAnonymous();
        group.MapGet("/heartbeat/{session}", HeartbeatAsync).AllowAnonymous().WithMetadata(RequestCost.Waiting).DisableHttpMetrics();
    }

    /// <summary>Returns the list of values of a call.</summary>
    /// <exception cref="RequestException">The body contains no list of values.</exception>
    public static JsonElement Data(GradioBody body) =>
        body.Json.ValueKind == JsonValueKind.Object
        && body.Json.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? data
            : throw RequestErrors.Invalid("The body must be an object whose member data is a list.", "请求体应为对象，其 data 成员应为列表。");

    private static async Task<IResult> JoinAsync(HttpContext context, UploadStore uploads, EventRunner runner, CancellationToken ct)
    {
        var body = await BodyReader.ReadAsync(context.Request.Body, uploads, ct);
        var taken = false;
        try
        {
            var data = Data(body);
            if (body.Text("session_hash") is not { Length: > 0 and <= MaxHashLength } hash)
                return GradioAnswer.Detail(400, "Session hash not found.");
            if (body.Json.TryGetProperty("fn_index", out var index) && index.ValueKind != JsonValueKind.Null
                && !(index.ValueKind == JsonValueKind.Number && index.GetDouble() == 0))
                return GradioAnswer.Detail(400, "There is no function with that fn_index.");
            taken = true;
            return Id(await runner.TakeAsync(hash, data, body));
        }
        finally
        {
            if (!taken)
                body.Release();
        }
    }

    /// <summary>Returns the response with the id of an event; curl scripts extract the id by its position.</summary>
    public static IResult Id(GradioEvent taken) => GradioAnswer.Json(new() { ["event_id"] = taken.Id });

    private static async Task DataAsync(
        HttpContext context, string? session_hash, GradioSessions sessions, RecognitionFiles files, TimeProvider time,
        IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var stream = new EventStream(context, time, lifetime);
        if (sessions.Find(session_hash ?? "") is { HasEvents: true } session)
        {
            await new SessionStream(session, stream, new(files, context)).WriteAsync(ct);
            return;
        }
        stream.Write($"data: {SessionStream.NotFound}\n\n");
        await stream.FlushAsync();
    }

    private static IResult Status(RecognitionQueue queue) => GradioAnswer.Json(new()
    {
        ["msg"] = "estimation",
        ["event_id"] = null,
        ["rank"] = null,
        ["queue_size"] = queue.Waiting,
        ["rank_eta"] = null,
    });

    private static async Task<IResult> CancelAsync(HttpContext context, GradioSessions sessions, CancellationToken ct)
    {
        // Limited, because this route accepts callers without a login.
        context.LimitBody(MaxCancelBytes);
        var body = await BodyReader.ReadAsync(context.Request.Body, uploads: null, ct);
        sessions.FindEvent(body.Text("event_id") ?? "")?.Cancel();
        return Reset();
    }

    private static IResult Reset() => GradioAnswer.Json(new JsonObject { ["success"] = true });

    private static async Task HeartbeatAsync(
        HttpContext context, string session, GradioSessions sessions, TimeProvider time, IHostApplicationLifetime lifetime,
        CancellationToken ct)
    {
        var stream = new EventStream(context, time, lifetime);
        try
        {
            var never = new TaskCompletionSource().Task;
            do
            {
                stream.Write("data: ALIVE\n\n");
                await stream.FlushAsync();
            }
            while (!await stream.WaitAsync(never));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client disconnected.
        }
        finally
        {
            // Clients start the heartbeat before their first call and without a login, so it does not create a session.
            sessions.Find(session)?.EndHeartbeat();
        }
    }
}
