using System.Globalization;
using System.Text;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary>A timeline as text for the terminal: its segments, then the shares of the speech time.</summary>
internal static class TimelineText
{
    /// <summary>Further segments are in the files, and would scroll everything else off the screen.</summary>
    private const int MostSegments = 40;

    public static string Of(Timeline timeline, string language)
    {
        var text = new StringBuilder();
        foreach (var segment in timeline.Segments.Take(MostSegments))
        {
            var role = timeline.Channels.Count > 1 ? timeline.Channels[segment.Channel].Role + ": " : "";
            var name = Name(segment.Emotion, language);
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {segment.Start,8:F2} – {segment.End,8:F2} s  {role}{name} {segment.Confidence * 100:F1} %\n");
        }
        if (timeline.Segments.Count - MostSegments is > 0 and var more)
            text.Append(CultureInfo.InvariantCulture, $"  {(language == "zh" ? $"……另有 {more} 段" : $"… and {more} more")}\n");
        foreach (var channel in timeline.Channels.Count > 1 ? timeline.Channels : [])
            text.Append(CultureInfo.InvariantCulture, $"  {channel.Role}: {Summary(channel.Summary, language)}\n");
        return text.Append(CultureInfo.InvariantCulture, $"  {Summary(timeline.Summary, language)}\n").ToString();
    }

    private static string Summary(TimelineSummary summary, string language)
    {
        var zh = language == "zh";
        var times = string.Create(
            CultureInfo.InvariantCulture,
            $"{(zh ? "说话" : "speech")} {summary.Speech:F1} s, {(zh ? "静默" : "silence")} {summary.Silence:F1} s");
        if (summary.Shares is not { } shares)
            return times;
        var parts = EmotionNames.All.Where(emotion => shares[emotion] > 0).OrderByDescending(emotion => shares[emotion])
            .Select(emotion => string.Create(CultureInfo.InvariantCulture, $"{Name(emotion, language)} {shares[emotion] * 100:F1} %"));
        return $"{times}: {string.Join(", ", parts)}";
    }

    private static string Name(Emotion emotion, string language) => $"{emotion.Emoji()} {emotion.DisplayName(language)}";
}
