using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>The names of timeline formats in files, programs and HTTP.</summary>
public static class TimelineFormatNames
{
    /// <summary>The formats in order.</summary>
    public static IReadOnlyList<TimelineFormat> All { get; } = Enum.GetValues<TimelineFormat>();

    /// <summary><c>json</c>, <c>csv</c>, <c>srt</c>, <c>vtt</c>, <c>textgrid</c> or <c>audacity</c>.</summary>
    public static string Key(this TimelineFormat format) => Names(format).Key;

    /// <summary>The name of its file, for example <c>timeline.TextGrid</c>.</summary>
    public static string FileName(this TimelineFormat format) => Names(format).FileName;

    /// <summary>The value of the <c>Content-Type</c> header, for example <c>text/csv; charset=utf-8</c>.</summary>
    public static string MediaType(this TimelineFormat format) => Names(format).MediaType;

    /// <summary>Finds the format of a key; null if it names none.</summary>
    public static TimelineFormat? FromKey(string key)
    {
        foreach (var format in All)
        {
            if (format.Key().Equals(key, StringComparison.OrdinalIgnoreCase))
                return format;
        }
        return null;
    }

    private static (string Key, string FileName, string MediaType) Names(TimelineFormat format) => format switch
    {
        TimelineFormat.Json => ("json", "timeline.json", "application/json"),
        TimelineFormat.Csv => ("csv", ResultFiles.TimelineTable, "text/csv; charset=utf-8"),
        TimelineFormat.Srt => ("srt", "timeline.srt", "application/x-subrip; charset=utf-8"),
        TimelineFormat.WebVtt => ("vtt", "timeline.vtt", "text/vtt; charset=utf-8"),
        TimelineFormat.TextGrid => ("textgrid", "timeline.TextGrid", "text/plain; charset=utf-8"),
        TimelineFormat.Audacity => ("audacity", "timeline.txt", "text/plain; charset=utf-8"),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };
}
