using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Gradio.Files;
using SpeechEmotion.Server.Gradio.Streams;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio.Early;

/// <summary>
/// The queue protocol of Python clients up to 0.7: a client first joins the queue, then the server requests the values of the call,
/// over a WebSocket or in a second request.
/// </summary>
internal static class EarlyQueueRoutes
{
    private const string Estimation =
        """{"msg":"estimation","rank":0,"queue_size":1,"avg_event_process_time":null,"avg_event_concurrent_process_time":"""
        + """null,"rank_eta":null,"queue_eta":0}""";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static void MapEarlyQueue(this RouteGroupBuilder group)
    {
        group.MapGet("/queue/join", JoinAsync).DisableHttpMetrics();
        group.MapPost("/queue/data", DataAsync);
    }

    private static async Task JoinAsync(
        HttpContext context, UploadStore uploads, EventRunner runner, GradioSessions sessions, EarlyCalls calls,
        RecognitionFiles files, TimeProvider time, IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
        patience.CancelAfter(Patience);
        var outcomes = new OutcomeWriter(files, context) { Legacy = true };
        try
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                var events = new EventStream(context, time, lifetime);
                await RunAsync(events, runner, sessions, outcomes, () => ReceiveAsync(events, calls, patience.Token), ct);
                return;
            }
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            using var disconnected = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var stream = new SocketStream(socket, disconnected, lifetime.ApplicationStopping);
            await RunAsync(
                stream, runner, sessions, outcomes, () => ReceiveAsync(stream, socket, uploads, patience.Token), disconnected.Token);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The client disconnected or sent nothing, or the server is stopping.
        }
    }

    private static async Task RunAsync(
        IMessageStream stream, EventRunner runner, GradioSessions sessions, OutcomeWriter outcomes,
        Func<Task<GradioBody>> receive, CancellationToken ct)
    {
        try
        {
            var body = await receive();
            var called = await runner.TakeAsync(null, Values(body), body);
            await new SessionStream(sessions.Find(called.Id)!, stream, outcomes).WriteAsync(ct);
        }
        catch (SpeechEmotionException refused)
        {
            await stream.SendAsync(pipe => outcomes.WriteCompletedAsync(pipe, "", new(null, refused, TimeSpan.Zero), ct));
            await stream.FlushAsync();
        }
    }

    private static JsonElement Values(GradioBody body)
    {
        try
        {
            return QueueRoutes.Data(body);
        }
        catch (RequestException)
        {
            body.Release();
            throw;
        }
    }

    private static async Task<GradioBody> ReceiveAsync(IMessageStream stream, EarlyCalls calls, CancellationToken ct)
    {
        var id = Guid.NewGuid().ToString("N");
        return await calls.ReceiveAsync(id, AskAsync, ct);

        async Task AskAsync()
        {
            await stream.SendAsync(Estimation);
            await stream.SendAsync(new JsonObject { ["msg"] = "send_data", ["event_id"] = id }.ToJsonString());
            await stream.FlushAsync();
        }
    }

    private static async Task<GradioBody> ReceiveAsync(IMessageStream stream, WebSocket socket, UploadStore uploads, CancellationToken ct)
    {
        await stream.SendAsync("""{"msg":"send_hash"}""");
        await ReadAsync(socket, uploads: null, ct);
        await stream.SendAsync(Estimation);
        await stream.SendAsync("""{"msg":"send_data"}""");
        return await ReadAsync(socket, uploads, ct);
    }

    private static async Task<GradioBody> ReadAsync(WebSocket socket, UploadStore? uploads, CancellationToken ct)
    {
        await using var message = WebSocketStream.CreateReadableMessageStream(socket);
        return await BodyReader.ReadAsync(message, uploads, ct);
    }

    private static async Task<IResult> DataAsync(HttpContext context, UploadStore uploads, EarlyCalls calls, CancellationToken ct)
    {
        var body = await BodyReader.ReadAsync(context.Request.Body, uploads, ct);
        if (calls.Give(body.Text("event_id") ?? "", body))
            return GradioAnswer.Json(new() { ["success"] = true });
        body.Release();
        return GradioAnswer.Detail(404, "Event not found.");
    }
}
