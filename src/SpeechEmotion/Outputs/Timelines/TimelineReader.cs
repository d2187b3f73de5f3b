using System.Text.Json;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>
/// Reads the timeline back from a <c>result.json</c>. All other fields (possibly hours of frames) are skipped block by block; memory
/// holds only the timeline.
/// </summary>
internal static class TimelineReader
{
    /// <summary>More than the timeline of days of speech.</summary>
    private const int MostBytes = 64 << 20;

    /// <summary>Reads up to the end of the timeline.</summary>
    /// <param name="result">The file, read synchronously; not closed.</param>
    /// <param name="name">The name of the file in error messages.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>Null if the recording was processed as a whole, so that there is no timeline.</returns>
    /// <exception cref="OutputException"><c>output.damaged</c>: the file is not what the product wrote.</exception>
    public static StoredTimeline? Read(Stream result, string name, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            using var fields = ResultFields.Read(result, ["duration", "timeline"], MostBytes, last: "timeline", ct: ct);
            if (fields["timeline"] is not { } timeline)
                return null;
            return fields["duration"]?.GetDouble() is > 0 and < TimelineNumbers.MaxSeconds and var duration
                ? new(Checked(TimelineElements.Read(timeline)), TimeSpan.FromSeconds(duration))
                : throw new FormatException("The length of the recording is missing.");
        }
        // A field that is missing, of another kind, or not a number, as the JSON classes report it.
        catch (Exception e) when (e
            is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new OutputException(
                "output.damaged", $"The timeline in {name} cannot be read: the file is damaged. Recognize the recording again.",
                $"无法读取 {name} 中的时间线：文件已损坏。请重新识别录音。", e);
        }
    }

    private static Timeline Checked(Timeline timeline)
    {
        TimelineNumbers.Check(timeline);
        return timeline;
    }
}
