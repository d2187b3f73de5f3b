using System.Globalization;
using System.Text.Json;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Json;

/// <summary>Writes <c>result.json</c>: five fields whose names, order and rounding never change, then the product's own.</summary>
internal static class ResultJson
{
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="recognition">The recognition to write.</param>
    /// <param name="time">The local time of the result.</param>
    /// <param name="source">The recording's file name; null if unknown.</param>
    /// <exception cref="OutputException">The disk is full or unavailable.</exception>
    public static void Write(string path, Recognition recognition, DateTimeOffset time, string? source) => NewFile.Write(path, file =>
    {
        using var json = new Utf8JsonWriter(file, RecognitionFields.Indented);
        json.WriteStartObject();
        WriteContract(json, recognition, time);
        WriteModel(json, recognition);
        RecognitionFields.WriteNotes(json, recognition.Quality);
        if (recognition.SpeechOnly is { } speech)
        {
            json.WriteStartObject("speech_only");
            WriteScores(json, speech.Scores);
            json.WriteEndObject();
        }
        if (recognition.Timeline is { } timeline)
        {
            json.WritePropertyName("timeline");
            TimelineJson.Write(json, timeline);
        }
        if (recognition.Frames is { } frames)
        {
            RecognitionFields.WriteFrames(json, "frames", frames);
            RecognitionFields.WriteFrames(json, "frames_smoothed", frames.Smooth(seconds: 1.0, hop: 5));
        }
        if (source is not null)
            json.WriteString("source", source);
        RecognitionFields.WriteProvenance(json, recognition.Provenance);
        json.WriteEndObject();
    });

    private static void WriteContract(Utf8JsonWriter json, Recognition recognition, DateTimeOffset time)
    {
        WriteScores(json, recognition.Scores);
        json.WriteString("granularity", recognition.Granularity.Key());
        json.WriteString("timestamp", time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
    }

    private static void WriteScores(Utf8JsonWriter json, EmotionScores scores)
    {
        var thousandths = scores.ToThousandths();
        json.WriteString("emotion", scores.Top.Key());
        json.WriteNumber("confidence", Score(scores.Top));
        RecognitionFields.WriteScores(json, (key, emotion) => json.WriteNumber(key, Score(emotion)));

        // Always three decimals, so that parsers read 1.000 as a fractional number if they distinguish the two.
        decimal Score(Emotion emotion) => new(thousandths[(int)emotion], 0, 0, isNegative: false, scale: 3);
    }

    private static void WriteModel(Utf8JsonWriter json, Recognition recognition)
    {
        json.WriteNumber("duration", recognition.Duration.TotalSeconds);
        RecognitionFields.BeginModel(json, recognition.Model);
        json.WriteString("license", recognition.Model.License);
        if (recognition.Model.CommercialUse is { } commercialUse)
            json.WriteBoolean("commercial_use", commercialUse);
        else
            json.WriteNull("commercial_use");
        json.WriteString("version", ProductVersion.Text);
        json.WriteEndObject();
        json.WriteStartArray("labels");
        foreach (var label in recognition.Labels)
        {
            json.WriteStartObject();
            json.WriteString("label", label.Label);
            json.WriteNumber("score", label.Score);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
