using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>WebVTT: a cue a segment, spoken by the voice of its channel (https://www.w3.org/TR/webvtt1/).</summary>
internal static class TimelineWebVtt
{
    public static void Write(TextWriter text, Timeline timeline, string language)
    {
        text.Write("WEBVTT\n");
        foreach (var segment in timeline.Segments)
        {
            var speaker = Escaped(SegmentText.Speaker(timeline, segment));
            text.Write($"\n{CueTime.Of(segment, '.')}\n");
            // The voice may stay open where it speaks the whole cue.
            text.Write($"{(speaker.Length > 0 ? $"<v {speaker}>" : "")}{Escaped(SegmentText.Answer(segment, language))}\n");
        }
    }

    /// <summary>With no <c>&gt;</c> left there is no arrow either, which would begin another cue.</summary>
    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
