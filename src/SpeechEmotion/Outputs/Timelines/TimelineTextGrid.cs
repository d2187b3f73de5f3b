using System.Globalization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>
/// Praat's long text format: one interval tier per channel, whose intervals carry the emotion's key, or an empty text between the
/// segments (https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html).
/// </summary>
internal static class TimelineTextGrid
{
    private const int Decimals = 6;

    public static void Write(TextWriter text, Timeline timeline, TimeSpan duration)
    {
        var length = Rounded(duration.TotalSeconds);
        text.Write("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
        WriteRange(text, "", 0, length);
        text.Write(string.Create(CultureInfo.InvariantCulture, $"tiers? <exists>\nsize = {timeline.Channels.Count}\nitem []:\n"));
        for (var channel = 0; channel < timeline.Channels.Count; channel++)
        {
            var intervals = IntervalsOf(timeline, channel, length);
            text.Write(string.Create(CultureInfo.InvariantCulture, $"    item [{channel + 1}]:\n        class = \"IntervalTier\"\n"));
            text.Write($"        name = {Quoted(SegmentText.OneLine(timeline.Channels[channel].Role))}\n");
            WriteRange(text, "        ", 0, length);
            text.Write(string.Create(CultureInfo.InvariantCulture, $"        intervals: size = {intervals.Count}\n"));
            for (var i = 0; i < intervals.Count; i++)
            {
                text.Write(string.Create(CultureInfo.InvariantCulture, $"        intervals [{i + 1}]:\n"));
                WriteRange(text, "            ", intervals[i].Start, intervals[i].End);
                text.Write($"            text = {Quoted(intervals[i].Text)}\n");
            }
        }
    }

    /// <summary>Covers the recording without gaps; Praat refuses intervals that overlap, are empty or exceed the end.</summary>
    private static List<(decimal Start, decimal End, string Text)> IntervalsOf(Timeline timeline, int channel, decimal length)
    {
        var intervals = new List<(decimal Start, decimal End, string Text)>();
        var covered = 0m;
        foreach (var segment in timeline.Segments.Where(segment => segment.Channel == channel))
        {
            var start = Math.Max(covered, Rounded(segment.Start));
            var end = Math.Min(length, Rounded(segment.End));
            if (end <= start)
                continue;
            if (start > covered)
                intervals.Add((covered, start, ""));
            intervals.Add((start, end, segment.Emotion.Key()));
            covered = end;
        }
        if (covered < length)
            intervals.Add((covered, length, ""));
        return intervals;
    }

    private static void WriteRange(TextWriter text, string indent, decimal from, decimal to) => text.Write(string.Create(
        CultureInfo.InvariantCulture, $"{indent}xmin = {from:0.######}\n{indent}xmax = {to:0.######}\n"));

    private static decimal Rounded(double seconds) => decimal.Round((decimal)seconds, Decimals);

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
