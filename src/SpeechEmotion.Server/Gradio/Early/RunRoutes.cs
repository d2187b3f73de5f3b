using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Gradio.Files;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio.Early;

/// <summary>The routes of synchronous calls, as scripts for Gradio 3 make them, with JSON or a form.</summary>
internal static class RunRoutes
{
    public static void MapGradioRuns(this RouteGroupBuilder group)
    {
        group.MapPost("/api/{name}", RunAsync);
        group.MapPost("/run/{name}", RunAsync);
    }

    private static async Task<IResult> RunAsync(
        HttpContext context, string name, UploadStore uploads, Predictor predictor, RecognitionQueue queue,
        RecognitionFiles files, TimeProvider time, CancellationToken ct)
    {
        if (name != GradioDescription.Endpoint)
            return GradioAnswer.Detail(404, "Not Found");
        PredictionOutcome outcome;
        try
        {
            var body = context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true
                ? await FormAsync(context.Request, uploads, ct)
                : await BodyReader.ReadAsync(context.Request.Body, uploads, ct);
            outcome = await RecognizeAsync(body, predictor, queue, time, ct);
        }
        catch (Exception e) when (GradioAnswer.Expected(e) is { } error)
        {
            return Failure(error, context);
        }
        var writer = new OutcomeWriter(files, context) { Legacy = true };
        using var ready = await writer.OpenAsync(outcome, ct);
        if (ready.Document is null)
            return Failure(ready.Outcome.Error ?? GradioErrors.Cancelled(), context);
        context.Response.ContentType = "application/json";
        await writer.WriteOutputAsync(context.Response.BodyWriter, ready, ct);
        return TypedResults.Empty;
    }

    private static async Task<PredictionOutcome> RecognizeAsync(
        GradioBody body, Predictor predictor, RecognitionQueue queue, TimeProvider time, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var taken = false;
        try
        {
            var data = QueueRoutes.Data(body);
            taken = true;
            var job = await predictor.StartAsync(data, body, ct);
            // An aborted request needs no result, so its recognition is given up.
            await using (ct.Register(() => queue.GiveUp(job)))
                await job.Completion;
            ct.ThrowIfCancellationRequested();
            return PredictionOutcome.Of(job, time.GetElapsedTime(started));
        }
        finally
        {
            if (!taken)
                body.Release();
        }
    }

    /// <summary>
    /// Reads a form: its file is the first value if the list of values has none there. The list is written in JSON or as a Python
    /// literal.
    /// </summary>
    private static async Task<GradioBody> FormAsync(HttpRequest request, UploadStore uploads, CancellationToken ct)
    {
        var form = await UploadForm.ReadAsync(request, uploads, UploadForm.IsRecording, temporary: true, ct);
        var recordings = form.Files.Select(file => file.Recording).ToList();
        if (ReadList(form.Fields.GetValueOrDefault("data")) is not { } data)
        {
            recordings.ForEach(recording => recording.Release());
            throw RequestErrors.Invalid("The field data is neither a JSON list nor a Python list.", "data 字段既不是 JSON 列表，也不是 Python 列表。");
        }
        if (data.Count == 0)
            data.Add(null);
        if (recordings.Count > 0)
            data[0] ??= GradioBody.Reference + "0";
        return new(JsonElement.Parse(new JsonObject { ["data"] = data }.ToJsonString()), recordings);
    }

    private static JsonArray? ReadList(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        try
        {
            return JsonNode.Parse(BodyReader.Parse(Encoding.UTF8.GetBytes(text)).GetRawText()) as JsonArray;
        }
        catch (RequestException)
        {
            return PythonLiteral.ReadList(text);
        }
    }

    private static IResult Failure(SpeechEmotionException error, HttpContext context)
    {
        var text = GradioErrors.Text(error, context.PreferredLanguage());
        var answer = new JsonObject { ["error"] = text, ["duration"] = 10, ["visible"] = true, ["title"] = "Error" };
        // An unreadable body is 422 here. For a faulty recording, Gradio itself returns 500; its clients and scripts only test for 200.
        var status = error switch
        {
            { Code: "request.invalid", InnerException: not BadHttpRequestException } => 422,
            _ => GradioAnswer.StatusOf(error, context),
        };
        if (status == 422)
            answer["detail"] = text;
        return GradioAnswer.Json(answer, status);
    }
}
