using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs;

/// <summary>The parts that <c>result.json</c> and the one-line JSON of a recognition share.</summary>
internal static class RecognitionFields
{
    private const int FrameDecimals = 4;
    private const int FlushBytes = 1 << 16;

    /// <summary>Readable Chinese: the output is JSON for programs and people, never part of a web page.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As <see cref="Compact"/>, with one value a line, indented by two.</summary>
    public static JsonWriterOptions Indented { get; } = Compact with { Indented = true, IndentSize = 2, NewLine = "\n" };

    /// <summary>The nine scores, each written under its key by <paramref name="write"/>.</summary>
    public static void WriteScores(Utf8JsonWriter json, Action<string, Emotion> write)
    {
        json.WriteStartObject("scores");
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
    }

    /// <summary>What names a note and was measured; the caller closes the object, so that it can say more.</summary>
    public static void BeginNote(Utf8JsonWriter json, QualityNote note)
    {
        json.WriteStartObject();
        json.WriteString("reason", note.Key);
        json.WriteNumber("value", note.Value);
    }

    /// <summary>One frame a line, with four decimals; flushed now and then, since hours of frames are a hundred megabytes.</summary>
    public static void WriteFrames(Utf8JsonWriter json, string name, IReadOnlyList<FrameScores> frames)
    {
        var line = new ArrayBufferWriter<byte>();
        using var frameJson = new Utf8JsonWriter(line, Compact);
        json.WriteStartArray(name);
        foreach (var frame in frames)
        {
            line.ResetWrittenCount();
            frameJson.Reset();
            frameJson.WriteStartObject();
            frameJson.WriteNumber("start", Rounded(frame.Start));
            WriteScores(frameJson, (key, emotion) => frameJson.WriteNumber(key, Rounded(frame.Scores[emotion])));
            frameJson.WriteEndObject();
            frameJson.Flush();
            json.WriteRawValue(line.WrittenSpan, skipInputValidation: true);
            if (json.BytesPending > FlushBytes)
                json.Flush();
        }
        json.WriteEndArray();
    }

    private static decimal Rounded(double value) => decimal.Round((decimal)value, FrameDecimals);
}
