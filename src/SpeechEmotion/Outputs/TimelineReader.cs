using System.Text.Json;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs;

/// <summary>
/// Reads the timeline back from a <c>result.json</c>. What stands around it (hours of frames, perhaps) is passed over block by
/// block; memory holds the timeline.
/// </summary>
public static class TimelineReader
{
    private const int BlockBytes = 1 << 16;

    /// <summary>More than days of speech take.</summary>
    private const int MostBytes = 64 << 20;

    /// <summary>Reads up to the end of the timeline.</summary>
    /// <param name="result">The file, synchronously; not closed.</param>
    /// <param name="name">What the message of an error calls it.</param>
    /// <returns>Null where the recording was heard whole, so that there is no timeline.</returns>
    /// <exception cref="OutputException"><c>output.damaged</c>: the file is not what the product wrote.</exception>
    public static RecordedTimeline? Read(Stream result, string name)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            var (duration, timeline) = Find(result);
            if (timeline is null)
                return null;
            using (timeline)
            {
                return duration is > 0 and < TimelineNumbers.MaxSeconds
                    ? new(Checked(TimelineElements.Read(timeline.RootElement)), TimeSpan.FromSeconds(duration.Value))
                    : throw new FormatException("The length of the recording is missing.");
            }
        }
        // What is missing, of another kind, or no number, in the words of the JSON classes.
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new OutputException(
                "output.damaged", $"The timeline in {name} cannot be read: the file is damaged. Recognise the recording again.",
                $"无法读取 {name} 中的时间线：文件已损坏。请重新识别录音。", e);
        }
    }

    private static Timeline Checked(Timeline timeline)
    {
        TimelineNumbers.Check(timeline);
        return timeline;
    }

    private static (double? Duration, JsonDocument? Timeline) Find(Stream result)
    {
        var (buffer, count, ended) = (new byte[BlockBytes], 0, false);
        var state = new JsonReaderState();
        var property = Property.None;
        double? duration = null;
        while (true)
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(0, count), ended, state);
            while (true)
            {
                if (property == Property.Timeline)
                {
                    // Needs all of it at once; without that the reader stays where it is.
                    if (JsonDocument.TryParseValue(ref reader, out var timeline))
                        return (duration, timeline);
                    break;
                }
                if (!reader.Read())
                    break;
                if (property == Property.Duration)
                    duration = reader.GetDouble();
                property = reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } ? PropertyOf(reader) : Property.None;
            }
            if (ended)
                return (duration, null);
            state = reader.CurrentState;
            count -= (int)reader.BytesConsumed;
            buffer.AsSpan((int)reader.BytesConsumed, count).CopyTo(buffer);
            if (count == buffer.Length)
                Array.Resize(ref buffer, count < MostBytes ? 2 * count : throw new FormatException("It is larger than any timeline."));
            var read = result.ReadAtLeast(buffer.AsSpan(count), buffer.Length - count, throwOnEndOfStream: false);
            (count, ended) = (count + read, count + read < buffer.Length);
        }
    }

    private static Property PropertyOf(Utf8JsonReader reader) =>
        reader.ValueTextEquals("duration"u8) ? Property.Duration : reader.ValueTextEquals("timeline"u8) ? Property.Timeline : Property.None;

    private enum Property
    {
        None,
        Duration,
        Timeline,
    }
}
