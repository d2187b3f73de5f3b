using System.Text;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>Writes a timeline in any of its formats, in UTF-8 without a byte order mark.</summary>
public static class TimelineFile
{
    // Text that is not Unicode (an unpaired surrogate in a file name) becomes U+FFFD; the writer's default encoding would throw.
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <param name="output">The stream that receives the file block by block, synchronously; not closed.</param>
    /// <param name="timeline">The timeline to write.</param>
    /// <param name="format">The format of the file.</param>
    /// <param name="duration">The length of the recording, which the tiers of a TextGrid cover; more than zero.</param>
    /// <param name="language">The language of subtitles and labels: <c>zh</c> (or any tag that begins so), otherwise English.</param>
    /// <exception cref="ArgumentException">
    /// A number of the timeline is not finite, or the format is unknown; nothing was written.
    /// </exception>
    public static void Write(Stream output, Timeline timeline, TimelineFormat format, TimeSpan duration, string language)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentNullException.ThrowIfNull(language);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        if (format == TimelineFormat.Json)
        {
            TimelineJson.Write(output, timeline);
            return;
        }
        TimelineNumbers.Check(timeline);
        using var text = new StreamWriter(output, Encoding, leaveOpen: true);
        switch (format)
        {
            case TimelineFormat.Csv:
                TimelineCsv.Write(text, timeline);
                break;
            case TimelineFormat.Srt:
                TimelineSrt.Write(text, timeline, language);
                break;
            case TimelineFormat.WebVtt:
                TimelineWebVtt.Write(text, timeline, language);
                break;
            case TimelineFormat.TextGrid:
                TimelineTextGrid.Write(text, timeline, duration);
                break;
            case TimelineFormat.Audacity:
                TimelineAudacity.Write(text, timeline, language);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format.");
        }
    }
}
