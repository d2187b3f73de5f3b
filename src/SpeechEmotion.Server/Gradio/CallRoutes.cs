using System.Text.Json;
using System.Text.Json.Nodes;
using SpeechEmotion.Server.Gradio.Files;
using SpeechEmotion.Server.Gradio.Streams;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio;

/// <summary>
/// The routes for curl, in two steps: one request posts a call, another fetches its result, at any later time and repeatedly.
/// </summary>
internal static class CallRoutes
{
    public static void MapGradioCalls(this RouteGroupBuilder group)
    {
        group.MapPost("/call/{name}", CallAsync);
        group.MapGet("/call/{name}/{id}", ResultAsync).WithMetadata(RequestCost.Waiting).DisableHttpMetrics();
        group.MapPost("/call/v2/{name}", CallByNameAsync);
        group.MapGet("/call/v2/{name}/{id}", ResultAsync).WithMetadata(RequestCost.Waiting).DisableHttpMetrics();
    }

    private static Task<IResult> CallAsync(
        HttpContext context, string name, UploadStore uploads, EventRunner runner, CancellationToken ct) =>
        TakeAsync(context, name, uploads, runner, QueueRoutes.Data, ct);

    private static Task<IResult> CallByNameAsync(
        HttpContext context, string name, UploadStore uploads, EventRunner runner, CancellationToken ct) =>
        TakeAsync(context, name, uploads, runner, ByName, ct);

    private static async Task<IResult> TakeAsync(
        HttpContext context, string name, UploadStore uploads, EventRunner runner, Func<GradioBody, JsonElement> values,
        CancellationToken ct)
    {
        if (name != GradioDescription.Endpoint)
            return GradioAnswer.Detail(404, "Not Found");
        var body = await BodyReader.ReadAsync(context.Request.Body, uploads, ct);
        var taken = false;
        try
        {
            var data = values(body);
            var hash = body.Text("session_hash");
            if (hash?.Length > QueueRoutes.MaxHashLength)
                return GradioAnswer.Detail(400, "The session hash is too long.");
            taken = true;
            return QueueRoutes.Id(await runner.TakeAsync(hash is "" ? null : hash, data, body));
        }
        finally
        {
            if (!taken)
                body.Release();
        }
    }

    /// <summary>Returns the values of an object of parameters, in the order of the parameters.</summary>
    private static JsonElement ByName(GradioBody body)
    {
        var names = GradioValue.Parameters.Select(parameter => parameter.Name!).ToList();
        if (body.Json.ValueKind != JsonValueKind.Object)
            throw RequestErrors.Invalid("The body must be an object of parameters.", "请求体应为参数对象。");
        var members = body.Json.EnumerateObject().Select(member => member.Name);
        if (members.FirstOrDefault(name => !names.Contains(name) && name != "session_hash") is { } other)
        {
            throw RequestErrors.Invalid(
                $"There is no parameter {other}. The parameters are: {string.Join(", ", names)}.",
                $"没有参数 {other}；可用参数：{string.Join("、", names)}。");
        }
        return JsonElement.Parse(new JsonArray([.. names.Select(name =>
            body.Json.TryGetProperty(name, out var value) ? JsonNode.Parse(value.GetRawText()) : null)]).ToJsonString());
    }

    private static async Task<IResult> ResultAsync(
        HttpContext context, string name, string id, GradioSessions sessions, RecognitionFiles files, TimeProvider time,
        IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        if (name != GradioDescription.Endpoint)
            return GradioAnswer.Detail(404, "Not Found");
        var stream = new EventStream(context, time, lifetime);
        try
        {
            await WriteAsync(stream, sessions.FindEvent(id), new(files, context), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client disconnected; it may fetch the result later.
        }
        return TypedResults.Empty;
    }

    private static async Task WriteAsync(EventStream stream, GradioEvent? called, OutcomeWriter outcomes, CancellationToken ct)
    {
        while (called is { Outcome.IsCompleted: false } && !stream.IsStopping)
        {
            await stream.FlushAsync();
            if (!await stream.WaitAsync(called.Outcome))
                stream.Write("event: heartbeat\ndata: null\n\n");
        }
        if (called is null)
            stream.Write("event: error\ndata: \"404: Not Found\"");
        else if (!called.Outcome.IsCompleted)
        {
            stream.Write(
                "event: error\ndata: {\"error\":\"Server stopped unexpectedly.\",\"duration\":10,\"visible\":true,\"title\":\"Error\"}");
        }
        else
            await WriteAsync(stream, await called.Outcome, outcomes, ct);
        stream.Write("\n\n");
        await stream.FlushAsync();
    }

    private static async Task WriteAsync(EventStream stream, PredictionOutcome outcome, OutcomeWriter outcomes, CancellationToken ct)
    {
        using var ready = await outcomes.OpenAsync(outcome, ct);
        stream.Write($"event: {(ready.Document is null ? "error" : "complete")}\ndata: ");
        if (ready.Document is null)
            outcomes.WriteError(stream.Pipe, ready.Outcome);
        else
            await outcomes.WriteDataAsync(stream.Pipe, ready, ct);
    }
}
