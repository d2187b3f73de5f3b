using System.Text.Json;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>Writes a timeline as JSON, as <c>docs/timeline.md</c> describes it; identical in all outputs.</summary>
public static class TimelineJson
{
    private const int ShareParts = 10_000;
    private const int ShareDecimals = 4;
    private const int PartialDecimals = 4;

    /// <summary>Writes only the object: UTF-8, no indentation, Chinese left readable.</summary>
    /// <param name="output">The stream that receives the object block by block; not closed.</param>
    /// <param name="timeline">The timeline to write.</param>
    /// <exception cref="ArgumentException">A number is not finite; nothing was written.</exception>
    public static void Write(Stream output, Timeline timeline)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(timeline);
        TimelineNumbers.Check(timeline);
        using var json = new Utf8JsonWriter(output, RecognitionFields.Compact);
        Write(json, timeline);
    }

    /// <summary>Writes the object as the next value of <paramref name="json"/>, and flushes it from time to time.</summary>
    /// <exception cref="ArgumentException">A number is not finite; nothing was written.</exception>
    public static void Write(Utf8JsonWriter json, Timeline timeline)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(timeline);
        TimelineNumbers.Check(timeline);
        json.WriteStartObject();
        RecognitionFields.WriteLines(json, "channels", timeline.Channels, (line, channel) =>
        {
            line.WriteNumber("index", channel.Index);
            line.WriteString("role", channel.Role);
            WriteSummary(line, channel.Summary);
        });
        json.WriteStartObject("summary");
        WriteSummary(json, timeline.Summary);
        json.WriteEndObject();
        RecognitionFields.WriteLines(json, "segments", timeline.Segments, WriteSegment);
        RecognitionFields.WriteLines(json, "transitions", timeline.Transitions, WriteTransition);
        json.WriteEndObject();
    }

    /// <summary>Writes the fields of one segment into the open object of <paramref name="json"/>.</summary>
    internal static void WriteSegment(Utf8JsonWriter json, TimelineSegment segment)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(segment);
        json.WriteNumber("channel", segment.Channel);
        json.WriteNumber("start", RecognitionFields.Seconds(segment.Start));
        json.WriteNumber("end", RecognitionFields.Seconds(segment.End));
        json.WriteString("emotion", segment.Emotion.Key());
        json.WriteNumber("confidence", RecognitionFields.Score(segment.Confidence));
        RecognitionFields.WriteScores(json, (key, emotion) => json.WriteNumber(key, RecognitionFields.Score(segment.Scores[emotion])));
        RecognitionFields.WriteNotes(json, segment.Quality);
    }

    /// <summary>
    /// Writes the fields of a partial result of a live stream into the open object of <paramref name="json"/>.
    /// </summary>
    /// <param name="json">The writer that receives the fields.</param>
    /// <param name="start">The start of the window, in seconds from the start of the stream.</param>
    /// <param name="end">The end of the window, in seconds.</param>
    /// <param name="scores">The nine probabilities; null if the window contains no speech.</param>
    internal static void WritePartial(Utf8JsonWriter json, double start, double end, EmotionScores? scores)
    {
        ArgumentNullException.ThrowIfNull(json);
        // Hop and window are arbitrary durations, so a partial need not match the grid of segments.
        json.WriteNumber("start", decimal.Round((decimal)start, PartialDecimals));
        json.WriteNumber("end", decimal.Round((decimal)end, PartialDecimals));
        json.WriteBoolean("speech", scores is not null);
        if (scores is null)
        {
            json.WriteNull("emotion");
            json.WriteNull("confidence");
            json.WriteNull("scores");
            return;
        }
        json.WriteString("emotion", scores.Top.Key());
        json.WriteNumber("confidence", RecognitionFields.Score(scores[scores.Top]));
        RecognitionFields.WriteScores(json, (key, emotion) => json.WriteNumber(key, RecognitionFields.Score(scores[emotion])));
    }

    private static void WriteTransition(Utf8JsonWriter json, EmotionTransition transition)
    {
        json.WriteNumber("time", RecognitionFields.Seconds(transition.Time));
        json.WriteNumber("channel", transition.Channel);
        json.WriteString("from", transition.From.Key());
        json.WriteString("to", transition.To.Key());
        json.WriteNumber("confidence", RecognitionFields.Score(transition.Confidence));
    }

    private static void WriteSummary(Utf8JsonWriter json, TimelineSummary summary)
    {
        json.WriteNumber("speech", RecognitionFields.Seconds(summary.Speech));
        json.WriteNumber("silence", RecognitionFields.Seconds(summary.Silence));
        json.WriteString("dominant", summary.Dominant?.Key());
        if (summary.Shares is { } shares)
        {
            // Rounded together, so that the written shares sum to exactly 1.
            var parts = shares.ToParts(ShareParts);
            RecognitionFields.WriteScores(
                json, (key, emotion) => json.WriteNumber(key, new decimal(parts[(int)emotion], 0, 0, false, ShareDecimals)), "shares");
        }
        else
        {
            json.WriteNull("shares");
        }
    }
}
