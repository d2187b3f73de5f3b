using System.IO.Pipelines;
using System.Text.Json;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Gradio.Files;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Gradio;

/// <summary>Writes the outcome of a call in the form that its client expects.</summary>
internal sealed class OutcomeWriter(RecognitionFiles files, HttpContext context)
{
    private readonly string? _language = context.PreferredLanguage();

    /// <summary>Whether files also have the members that version 3 clients read.</summary>
    public bool Legacy { get; init; }

    /// <summary>Returns the URL of the server as the client sees it.</summary>
    public static string RootOf(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>
    /// Opens the files of an outcome before the first byte is written. An outcome whose result was deleted meanwhile becomes an error.
    /// </summary>
    public async Task<ReadyOutcome> OpenAsync(PredictionOutcome outcome, CancellationToken ct)
    {
        if (outcome.Document is not { } record)
            return new(outcome, null, []);
        FileStream? result = null;
        try
        {
            result = await files.OpenAsync(record, ResultFiles.Result, ct);
            return new(outcome, result, await files.ListAsync(record, ct));
        }
        catch (Exception e) when (e is SpeechEmotionException or IOException or UnauthorizedAccessException)
        {
            result?.Dispose();
            var error = e is SpeechEmotionException known && known.Code != RequestErrors.NoFileCode ? known : GradioErrors.Deleted();
            return new(outcome with { Document = null, Error = error }, null, []);
        }
    }

    /// <summary>Writes the message that ends an event.</summary>
    public async Task WriteCompletedAsync(PipeWriter pipe, string eventId, PredictionOutcome outcome, CancellationToken ct)
    {
        using var ready = await OpenAsync(outcome, ct);
        await using var json = new Utf8JsonWriter(pipe);
        json.WriteStartObject();
        json.WriteString("msg", "process_completed");
        json.WriteString("event_id", eventId);
        json.WritePropertyName("output");
        if (ready.Document is null)
            WriteError(json, ready.Outcome);
        else
            await WriteOutputAsync(json, pipe, ready, ct);
        json.WriteBoolean("success", ready.Document is not null);
        if (ready.Outcome.Error is null)
            json.WriteNull("title");
        else
            json.WriteString("title", "Error");
        json.WriteEndObject();
    }

    /// <summary>Writes the whole response of a synchronous call.</summary>
    public async Task WriteOutputAsync(PipeWriter pipe, ReadyOutcome outcome, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(pipe);
        await WriteOutputAsync(json, pipe, outcome, ct);
    }

    /// <summary>Writes the list of results.</summary>
    public async Task WriteDataAsync(PipeWriter pipe, ReadyOutcome outcome, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(pipe);
        await WriteDataAsync(json, pipe, outcome, ct);
    }

    /// <summary>
    /// Writes the reason why there is no result. Python clients build an exception from exactly these members; an additional member
    /// would fail and hide the reason.
    /// </summary>
    public void WriteError(PipeWriter pipe, PredictionOutcome outcome)
    {
        using var json = new Utf8JsonWriter(pipe);
        WriteError(json, outcome);
    }

    private void WriteError(Utf8JsonWriter json, PredictionOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("error", outcome.Error is { } error ? GradioErrors.Text(error, _language) : "Cancelled");
        if (outcome.Error is null)
            json.WriteNull("duration");
        else
            json.WriteNumber("duration", 10);
        json.WriteBoolean("visible", outcome.Error is not null);
        json.WriteString("title", outcome.Error is null ? "Cancelled" : "Error");
        json.WriteEndObject();
    }

    private async Task WriteOutputAsync(Utf8JsonWriter json, PipeWriter pipe, ReadyOutcome outcome, CancellationToken ct)
    {
        json.WriteStartObject();
        json.WritePropertyName("data");
        await WriteDataAsync(json, pipe, outcome, ct);
        json.WriteBoolean("is_generating", false);
        json.WriteNumber("duration", Math.Round(outcome.Outcome.Took.TotalSeconds, 3));
        json.WriteNumber("average_duration", Math.Round(outcome.Outcome.Took.TotalSeconds, 3));
        json.WriteNull("render_config");
        json.WriteStartArray("changed_state_ids");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task WriteDataAsync(Utf8JsonWriter json, PipeWriter pipe, ReadyOutcome outcome, CancellationToken ct)
    {
        json.WriteStartArray();
        json.WriteStringValue(ResultText.Of(outcome.Document!, _language));
        await new ResultCopy(outcome.Result!, json, pipe).WriteAsync(ct);
        json.WriteStartArray();
        foreach (var file in outcome.Files)
            WriteFile(json, VirtualPath.ForResult(outcome.Document!.Id, file.Name).ToString(), file);
        json.WriteEndArray();
        json.WriteEndArray();
    }

    private void WriteFile(Utf8JsonWriter json, string path, StoredFile file)
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteString("url", $"{RootOf(context.Request)}{AccessApi.GradioPrefix}/file={path}");
        json.WriteNumber("size", file.Size!.Value);
        json.WriteString("orig_name", file.Name);
        json.WriteString("mime_type", RecognitionFiles.TypeOf(file.Name));
        json.WriteBoolean("is_stream", false);
        if (Legacy)
        {
            json.WriteString("name", path);
            json.WriteNull("data");
            json.WriteBoolean("is_file", true);
        }
        json.WriteStartObject("meta");
        json.WriteString("_type", "gradio.FileData");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
