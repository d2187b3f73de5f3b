using System.Globalization;
using System.Text;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>The text of a segment in subtitles and labels: always one line.</summary>
internal static class SegmentText
{
    /// <summary>For example <c>😠 Angry 83%</c>.</summary>
    public static string Answer(TimelineSegment segment, string language)
    {
        var percent = Math.Round(segment.Confidence * 100, MidpointRounding.AwayFromZero);
        return string.Create(
            CultureInfo.InvariantCulture, $"{segment.Emotion.Emoji()} {segment.Emotion.DisplayName(language)} {percent:F0}%");
    }

    /// <summary>The speaker of a segment; empty if there is only one channel, or its role has no name.</summary>
    public static string Speaker(Timeline timeline, TimelineSegment segment) =>
        timeline.Channels.Count > 1 ? OneLine(timeline.Channels[segment.Channel].Role) : "";

    /// <summary>Replaces each run of line breaks, tabs and other control characters in an external text by a space.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsControl(c) && !char.IsWhiteSpace(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return line.ToString().TrimEnd();
    }
}
