using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Json;

/// <summary>The parts that <c>result.json</c> and the one-line JSON of a recognition share.</summary>
internal static class RecognitionFields
{
    private const int ScoreDecimals = 4;
    private const int TimeDecimals = 2;
    private const int FlushBytes = 1 << 16;

    /// <summary>Leaves Chinese readable: the output is JSON for programs and people, never part of a web page.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As <see cref="Compact"/>, with one value per line, indented by two.</summary>
    public static JsonWriterOptions Indented { get; } = Compact with { Indented = true, IndentSize = 2, NewLine = "\n" };

    /// <summary>Writes the nine scores, each under its key with <paramref name="write"/>.</summary>
    public static void WriteScores(Utf8JsonWriter json, Action<string, Emotion> write, string name = "scores")
    {
        json.WriteStartObject(name);
        foreach (var emotion in EmotionNames.All)
            write(emotion.Key(), emotion);
        json.WriteEndObject();
    }

    /// <summary>Writes the fields that identify the model; the caller adds others and closes the object.</summary>
    public static void BeginModel(Utf8JsonWriter json, ModelIdentity model)
    {
        json.WriteStartObject("model");
        json.WriteString("id", model.Id);
        json.WriteString("precision", model.Precision);
        json.WriteString("hash", model.Hash);
        json.WriteString("check", model.Check.Key());
        if (model.MatchesReference is { } matches)
            json.WriteBoolean("matches_reference", matches);
    }

    /// <summary>Writes the origin of the answer; nothing for that of an older program, which stored none.</summary>
    public static void WriteProvenance(Utf8JsonWriter json, Provenance? provenance)
    {
        if (provenance is null)
            return;
        json.WritePropertyName("provenance");
        JsonSerializer.Serialize(json, provenance, ProvenanceJsonContext.Default.Provenance);
    }

    /// <summary>Writes the reason and the value of a note; the caller adds other fields and closes the object.</summary>
    public static void BeginNote(Utf8JsonWriter json, QualityNote note)
    {
        json.WriteStartObject();
        json.WriteString("reason", note.Key);
        json.WriteNumber("value", note.Value);
    }

    /// <summary>Writes all notes with their texts in both languages.</summary>
    public static void WriteNotes(Utf8JsonWriter json, IReadOnlyList<QualityNote> notes)
    {
        json.WriteStartArray("quality");
        foreach (var note in notes)
        {
            BeginNote(json, note);
            json.WriteString("text", note.Text);
            json.WriteString("text_zh", note.TextZh);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes one frame per line, with four decimals; scores are null without speech.</summary>
    public static void WriteFrames(Utf8JsonWriter json, string name, IReadOnlyList<FrameScores> frames) =>
        WriteLines(json, name, frames, (line, frame) =>
        {
            line.WriteNumber("start", decimal.Round((decimal)frame.Start, ScoreDecimals));
            if (frame.Scores is { } scores)
                WriteScores(line, (key, emotion) => line.WriteNumber(key, Score(scores[emotion])));
            else
                line.WriteNull("scores");
        });

    /// <summary>
    /// Writes an array of objects, one per line, whose fields <paramref name="write"/> writes; flushes from time to time, because
    /// hours of frames are a hundred megabytes.
    /// </summary>
    public static void WriteLines<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        var line = new ArrayBufferWriter<byte>();
        using var lineJson = new Utf8JsonWriter(line, Compact);
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            line.ResetWrittenCount();
            lineJson.Reset();
            lineJson.WriteStartObject();
            write(lineJson, item);
            lineJson.WriteEndObject();
            lineJson.Flush();
            json.WriteRawValue(line.WrittenSpan, skipInputValidation: true);
            if (json.BytesPending > FlushBytes)
                json.Flush();
        }
        json.WriteEndArray();
    }

    /// <summary>Rounds a probability to four decimals.</summary>
    /// <exception cref="OverflowException">The value is not a finite number.</exception>
    public static decimal Score(float value) => decimal.Round((decimal)value, ScoreDecimals);

    /// <summary>Rounds seconds to two decimals, which suffice for the grid of 20 ms.</summary>
    /// <exception cref="OverflowException">The value is not a finite number.</exception>
    public static decimal Seconds(double value) => decimal.Round((decimal)value, TimeDecimals);
}
