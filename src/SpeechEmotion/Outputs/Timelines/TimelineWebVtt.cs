using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>WebVTT: one cue per segment, with the voice of its channel (https://www.w3.org/TR/webvtt1/).</summary>
internal static class TimelineWebVtt
{
    public static void Write(TextWriter text, Timeline timeline, string language)
    {
        text.Write("WEBVTT\n");
        foreach (var segment in timeline.Segments)
        {
            var speaker = Escaped(SegmentText.Speaker(timeline, segment));
            text.Write($"\n{CueTime.Of(segment, '.')}\n");
            // A voice tag that covers the whole cue needs no end tag.
            text.Write($"{(speaker.Length > 0 ? $"<v {speaker}>" : "")}{Escaped(SegmentText.Answer(segment, language))}\n");
        }
    }

    /// <summary>Without a <c>&gt;</c>, there is no arrow either, which would begin another cue.</summary>
    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
