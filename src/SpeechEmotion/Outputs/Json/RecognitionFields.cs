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

    /// <summary>Readable Chinese: the output is JSON for programs and people, never part of a web page.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As <see cref="Compact"/>, with one value a line, indented by two.</summary>
    public static JsonWriterOptions Indented { get; } = Compact with { Indented = true, IndentSize = 2, NewLine = "\n" };

    /// <summary>The nine scores, each written under its key by <paramref name="write"/>.</summary>
    public static void WriteScores(Utf8JsonWriter json, Action<string, Emotion> write, string name = "scores")
    {
        json.WriteStartObject(name);
        foreach (var emotion in EmotionNames.All)
            write(emotion.Key(), emotion);
        json.WriteEndObject();
    }

    /// <summary>What names the model; the caller closes the object, so that it can say more.</summary>
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

    /// <summary>Where the answer comes from.</summary>
    public static void WriteProvenance(Utf8JsonWriter json, Provenance provenance)
    {
        json.WritePropertyName("provenance");
        JsonSerializer.Serialize(json, provenance, ProvenanceJsonContext.Default.Provenance);
    }

    /// <summary>What names a note and was measured; the caller closes the object, so that it can say more.</summary>
    public static void BeginNote(Utf8JsonWriter json, QualityNote note)
    {
        json.WriteStartObject();
        json.WriteString("reason", note.Key);
        json.WriteNumber("value", note.Value);
    }

    /// <summary>All notes with their texts in both languages.</summary>
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

    /// <summary>One frame a line, with four decimals; scores are null where nobody speaks.</summary>
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
    /// An array of objects, one a line, whose fields <paramref name="write"/> writes; flushed now and then, since hours of
    /// frames are a hundred megabytes.
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

    /// <summary>A probability with four decimals.</summary>
    /// <exception cref="OverflowException">It is not a finite number.</exception>
    public static decimal Score(float value) => decimal.Round((decimal)value, ScoreDecimals);

    /// <summary>Seconds with two decimals, which the grid of 20 ms needs.</summary>
    /// <exception cref="OverflowException">They are not a finite number.</exception>
    public static decimal Seconds(double value) => decimal.Round((decimal)value, TimeDecimals);
}
