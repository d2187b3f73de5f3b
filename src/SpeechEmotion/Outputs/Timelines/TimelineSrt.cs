using System.Globalization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>SubRip: one numbered cue per segment (https://en.wikipedia.org/wiki/SubRip#Format).</summary>
internal static class TimelineSrt
{
    public static void Write(TextWriter text, Timeline timeline, string language)
    {
        var number = 0;
        foreach (var segment in timeline.Segments)
        {
            var speaker = Plain(SegmentText.Speaker(timeline, segment));
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{++number}\n"));
            text.Write($"{CueTime.Of(segment, ',')}\n");
            text.Write($"{(speaker.Length > 0 ? speaker + ": " : "")}{SegmentText.Answer(segment, language)}\n\n");
        }
    }

    /// <summary>Players interpret tags in angle brackets and braces, and SubRip cannot escape them, so look-alikes replace them.</summary>
    private static string Plain(string text) => text.Replace('<', '‹').Replace('>', '›').Replace('{', '(').Replace('}', ')');
}
