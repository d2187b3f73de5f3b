using System.Text.Json;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Json;

/// <summary>One line of JSON per recording: UTF-8, no indentation, a line feed at the end, Chinese left readable.</summary>
internal static class RecognitionJson
{
    /// <summary>
    /// Writes <c>file</c>, <c>emotion</c>, <c>confidence</c>, <c>scores</c> (all nine, unrounded), <c>granularity</c>,
    /// <c>duration</c> (seconds), <c>model</c>, if present <c>output</c>, <c>frames</c>, <c>quality</c>, <c>speech_only</c> and
    /// <c>timeline</c>, and <c>provenance</c>.
    /// </summary>
    /// <param name="output">The stream that receives the line; not closed.</param>
    /// <param name="file">The recording, as the caller named it.</param>
    /// <param name="recognition">The recognition to write.</param>
    /// <param name="outputFolder">The folder of the files from <see cref="OutputFolder"/>; null if there is none.</param>
    public static void WriteLine(Stream output, string file, Recognition recognition, string? outputFolder = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(recognition);
        using (var json = new Utf8JsonWriter(output, RecognitionFields.Compact))
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            WriteAnswer(json, recognition);
            if (outputFolder is not null)
                json.WriteString("output", outputFolder);
            if (recognition.Frames is { } frames)
                RecognitionFields.WriteFrames(json, "frames", frames);
            if (recognition.Quality.Count > 0)
                WriteQuality(json, recognition.Quality);
            if (recognition.SpeechOnly is { } speech)
            {
                json.WriteStartObject("speech_only");
                json.WriteString("emotion", speech.Emotion.Key());
                json.WriteNumber("confidence", speech.Confidence);
                RecognitionFields.WriteScores(json, (key, emotion) => json.WriteNumber(key, speech.Scores[emotion]));
                json.WriteEndObject();
            }
            if (recognition.Timeline is { } timeline)
            {
                json.WritePropertyName("timeline");
                TimelineJson.Write(json, timeline);
            }
            RecognitionFields.WriteProvenance(json, recognition.Provenance);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes <c>file</c> and <c>error</c> with its <c>code</c> and its <c>message</c>.</summary>
    /// <param name="output">The stream that receives the line; not closed.</param>
    /// <param name="file">The recording, as the caller named it.</param>
    /// <param name="error">The error to write.</param>
    /// <param name="language">The language of the message: <c>zh</c> (or any tag that begins so), otherwise English.</param>
    public static void WriteError(Stream output, string file, SpeechEmotionException error, string language)
    {
        ArgumentNullException.ThrowIfNull(error);
        WriteError(output, file, error.Code, error.MessageIn(language));
    }

    /// <summary>Writes an error that was stored.</summary>
    /// <param name="output">The stream that receives the line; not closed.</param>
    /// <param name="file">The recording, as the caller named it.</param>
    /// <param name="code">The stable code of the error.</param>
    /// <param name="message">The text for people.</param>
    public static void WriteError(Stream output, string file, string code, string message)
    {
        ArgumentNullException.ThrowIfNull(output);
        using (var json = new Utf8JsonWriter(output, RecognitionFields.Compact))
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteStartObject("error");
            json.WriteString("code", code);
            json.WriteString("message", message);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    private static void WriteAnswer(Utf8JsonWriter json, Recognition recognition)
    {
        json.WriteString("emotion", recognition.Emotion.Key());
        json.WriteNumber("confidence", recognition.Confidence);
        RecognitionFields.WriteScores(json, (key, emotion) => json.WriteNumber(key, recognition.Scores[emotion]));
        json.WriteString("granularity", recognition.Granularity.Key());
        json.WriteNumber("duration", recognition.Duration.TotalSeconds);
        RecognitionFields.BeginModel(json, recognition.Model);
        json.WriteEndObject();
    }

    private static void WriteQuality(Utf8JsonWriter json, IReadOnlyList<QualityNote> quality)
    {
        json.WriteStartArray("quality");
        foreach (var note in quality)
        {
            RecognitionFields.BeginNote(json, note);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
