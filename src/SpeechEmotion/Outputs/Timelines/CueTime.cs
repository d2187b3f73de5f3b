using System.Globalization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>The display time of a subtitle, in whole milliseconds.</summary>
internal static class CueTime
{
    /// <summary>For example <c>00:00:00,380 --&gt; 00:00:03,100</c>; the end is always after the start.</summary>
    public static string Of(TimelineSegment segment, char separator)
    {
        var start = Milliseconds(segment.Start);
        return $"{Text(start, separator)} --> {Text(Math.Max(Milliseconds(segment.End), start + 1), separator)}";
    }

    private static long Milliseconds(double seconds) => (long)Math.Round(seconds * 1000);

    private static string Text(long time, char separator) => string.Create(
        CultureInfo.InvariantCulture,
        $"{time / 3_600_000:00}:{time / 60_000 % 60:00}:{time / 1000 % 60:00}{separator}{time % 1000:000}");
}
