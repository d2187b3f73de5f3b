using System.Globalization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>
/// A label track of Audacity: one line per segment with start, end and text, separated by tabs
/// (https://manual.audacityteam.org/man/importing_and_exporting_labels.html).
/// </summary>
internal static class TimelineAudacity
{
    public static void Write(TextWriter text, Timeline timeline, string language)
    {
        foreach (var segment in timeline.Segments)
        {
            var speaker = SegmentText.Speaker(timeline, segment);
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{segment.Start:F6}\t{segment.End:F6}\t"));
            text.Write($"{(speaker.Length > 0 ? speaker + ": " : "")}{SegmentText.Answer(segment, language)}\n");
        }
    }
}
