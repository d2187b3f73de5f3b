using System.Globalization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>SubRip: a numbered cue a segment (https://en.wikipedia.org/wiki/SubRip#Format).</summary>
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

    /// <summary>Players read tags in angle brackets and braces, and there is no way to escape them: look-alikes stand for them.</summary>
    private static string Plain(string text) => text.Replace('<', '‹').Replace('>', '›').Replace('{', '(').Replace('}', ')');
}
