using System.Globalization;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>
/// Comma-separated values (RFC 4180): a header, then one row per segment, with times and scores rounded as in the JSON.
/// </summary>
internal static class TimelineCsv
{
    public static void Write(TextWriter text, Timeline timeline)
    {
        WriteRow(text, [
            "channel", "role", "start", "end", "duration", "emotion", "confidence",
            .. EmotionNames.All.Select(emotion => emotion.Key()), "quality"]);
        foreach (var segment in timeline.Segments)
        {
            var (start, end) = (RecognitionFields.Seconds(segment.Start), RecognitionFields.Seconds(segment.End));
            WriteRow(text, [
                segment.Channel.ToString(CultureInfo.InvariantCulture), SpreadsheetText.Guarded(timeline.Channels[segment.Channel].Role),
                Time(start), Time(end), Time(end - start),
                segment.Emotion.Key(), Score(segment.Confidence), .. EmotionNames.All.Select(emotion => Score(segment.Scores[emotion])),
                string.Join(';', segment.Quality.Select(note => note.Key))]);
        }
    }

    private static string Time(decimal seconds) => seconds.ToString("F2", CultureInfo.InvariantCulture);

    private static string Score(float score) => RecognitionFields.Score(score).ToString("F4", CultureInfo.InvariantCulture);

    private static void WriteRow(TextWriter text, IEnumerable<string> values)
    {
        text.Write(string.Join(',', values.Select(Quoted)));
        text.Write("\r\n");
    }

    private static string Quoted(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
