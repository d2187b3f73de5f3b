using System.Text.Json;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches.Offline;

/// <summary>The events of <c>ser batch --json</c>: one JSON object a line (<c>contracts/batch-event.schema.json</c>).</summary>
internal sealed class BatchEvents(Stream output)
{
    private readonly Lock _gate = new();

    /// <summary>Which model processes the batch.</summary>
    public void Model(ModelIdentity model) => Write("model", json =>
    {
        RecognitionFields.BeginModel(json, model);
        json.WriteEndObject();
    });

    /// <summary>How far the batch is: <c>started</c> or <c>progress</c>.</summary>
    public void Progress(string name, BatchProgress progress, BatchSpeed speed, bool isRead) =>
        Write(name, json => WriteProgress(json, progress, speed, isRead));

    /// <summary>The exports are complete.</summary>
    /// <param name="progress">The progress.</param>
    /// <param name="speed">The speed of this run.</param>
    /// <param name="repeated">Number of rows and files that name a recording again.</param>
    /// <param name="badRows">Number of rows of the metadata table that name no recording.</param>
    public void Finish(BatchProgress progress, BatchSpeed speed, int repeated, int badRows) => Write("finished", json =>
    {
        WriteProgress(json, progress, speed, isRead: true);
        if (repeated > 0)
            json.WriteNumber("repeated", repeated);
        if (badRows > 0)
            json.WriteNumber("bad_rows", badRows);
    });

    /// <summary>The outcome of an item.</summary>
    public void Item(StoredOutcome stored, string language) => Write("item", json =>
    {
        var outcome = stored.Outcome;
        json.WriteNumber("item", outcome.Number);
        json.WriteString("file", stored.Item.Name);
        if (outcome.Succeeded)
        {
            json.WriteString("emotion", outcome.Emotion!.Value.Key());
            json.WriteNumber("confidence", outcome.Confidence!.Value);
            if (outcome is { Dominant: { } dominant, Share: { } share })
            {
                json.WriteString("dominant", dominant.Key());
                json.WriteNumber("dominant_share", share);
            }
            return;
        }
        WriteError(json, outcome.Code!, language == "zh" ? outcome.MessageZh! : outcome.Message!);
    });

    /// <summary>An error that ends the batch before it is finished.</summary>
    public void Error(SpeechEmotionException error, string language) =>
        Write("error", json => WriteError(json, error.Code, error.MessageIn(language)));

    private static void WriteProgress(Utf8JsonWriter json, BatchProgress progress, BatchSpeed speed, bool isRead)
    {
        json.WriteNumber("items", progress.Items);
        json.WriteBoolean("sources_read", isRead);
        json.WriteNumber("succeeded", progress.Succeeded);
        json.WriteNumber("failed", progress.Failed);
        json.WriteNumber("audio_seconds", Math.Round(progress.Seconds, 2));
        json.WriteNumber("times_real_time", Math.Round(speed.TimesRealTime, 2));
        if (isRead && speed.Left(progress.Pending) is { } left)
            json.WriteNumber("seconds_left", Math.Round(left.TotalSeconds));
    }

    private static void WriteError(Utf8JsonWriter json, string code, string message)
    {
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    }

    private void Write(string name, Action<Utf8JsonWriter> write)
    {
        lock (_gate)
        {
            using (var json = new Utf8JsonWriter(output, RecognitionFields.Compact))
            {
                json.WriteStartObject();
                json.WriteString("event", name);
                write(json);
                json.WriteEndObject();
            }
            output.WriteByte((byte)'\n');
            output.Flush();
        }
    }
}
