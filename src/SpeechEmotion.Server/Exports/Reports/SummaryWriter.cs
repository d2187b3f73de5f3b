using System.Text.Json;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>
/// Writes <c>summary.json</c>, which <c>contracts/batch-summary.schema.json</c> describes, when all recordings are counted.
/// </summary>
/// <param name="batch">The batch.</param>
/// <param name="statistics">The counts; complete when the writer is completed.</param>
/// <param name="output">Receives the file; not closed.</param>
internal sealed class SummaryWriter(ExportedBatch batch, BatchStatistics statistics, Stream output) : IRowWriter
{
    /// <summary>Hours with a fraction of less than a second.</summary>
    private const int HourDecimals = 4;

    /// <inheritdoc/>
    public ValueTask WriteAsync(BatchRow row, CancellationToken ct) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(output, RecognitionFields.Indented);
        json.WriteStartObject();
        json.WriteString("name", batch.Name);
        json.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(batch.State.ToString()));
        json.WriteString("created", batch.Created);
        if (batch.Completed is { } completed)
            json.WriteString("completed", completed);
        json.WriteString("version", ProductVersion.Text);
        json.WritePropertyName("options");
        batch.StoredOptions.WriteTo(json);
        WriteModels(json);
        json.WriteNumber("items", statistics.Items);
        json.WriteNumber("succeeded", statistics.Succeeded);
        json.WriteNumber("failed", statistics.Failed);
        json.WriteNumber("pending", statistics.Pending);
        json.WriteNumber("same_audio", statistics.SameAudio);
        WriteUnlessZero(json, "repeated", batch.Repeated);
        WriteUnlessZero(json, "bad_rows", batch.BadRows);
        json.WriteNumber("hours", Math.Round(TimeSpan.FromSeconds(statistics.Seconds).TotalHours, HourDecimals));
        WriteEmotions(json);
        WriteConfidence(json);
        WriteColumns(json);
        json.WriteStartObject("quality");
        foreach (var (reason, count) in statistics.Quality)
            json.WriteNumber(reason, count);
        json.WriteEndObject();
        json.WriteStartObject("failures");
        foreach (var failure in statistics.Failures)
            json.WriteNumber(failure.Code, failure.Count);
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(ct);
        await output.WriteAsync("\n"u8.ToArray(), ct);
    }

    private static void WriteUnlessZero(Utf8JsonWriter json, string name, int count)
    {
        if (count > 0)
            json.WriteNumber(name, count);
    }

    private void WriteModels(Utf8JsonWriter json)
    {
        json.WriteStartArray("models");
        foreach (var (model, count) in statistics.Models)
        {
            json.WriteStartObject();
            json.WriteString("id", model.Id);
            json.WriteString("precision", model.Precision);
            json.WriteString("hash", model.Hash);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteEmotions(Utf8JsonWriter json)
    {
        json.WriteStartObject("emotions");
        foreach (var emotion in EmotionNames.All)
        {
            json.WriteStartObject(emotion.Key());
            json.WriteNumber("count", statistics.Emotions[emotion]);
            WriteMean(json, statistics.Emotions.Confidence(emotion));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void WriteConfidence(Utf8JsonWriter json)
    {
        json.WriteStartObject("confidence");
        WriteMean(json, statistics.Emotions.Confidence());
        json.WriteStartArray("histogram");
        foreach (var count in statistics.Histogram)
            json.WriteNumberValue(count);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteColumns(Utf8JsonWriter json)
    {
        json.WriteStartArray("columns");
        foreach (var column in statistics.Columns)
        {
            json.WriteStartObject();
            json.WriteString("column", column.Key);
            json.WriteStartArray("values");
            foreach (var value in column.Values!)
            {
                json.WriteStartObject();
                json.WriteString("value", value.Value);
                json.WriteNumber("succeeded", value.Emotions.Total);
                json.WriteNumber("failed", value.Failed);
                json.WriteStartObject("emotions");
                foreach (var emotion in EmotionNames.All)
                    json.WriteNumber(emotion.Key(), value.Emotions[emotion]);
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Rounds to four decimals, as timelines do: the exact values are in the tables.</summary>
    private static void WriteMean(Utf8JsonWriter json, double? confidence)
    {
        if (confidence is { } mean)
            json.WriteNumber("mean_confidence", RecognitionFields.Score((float)mean));
        else
            json.WriteNull("mean_confidence");
    }
}
