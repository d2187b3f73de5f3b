using System.Globalization;
using System.Text;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary>One recognition as a table for the terminal: the emotion, the nine bars, the reasons why the answer may be weak.</summary>
internal static class RecognitionTable
{
    private const int BarWidth = 30;
    private const string Eighths = " ▏▎▍▌▋▊▉";

    public static string Of(string file, Recognition recognition, string? folder, string language)
    {
        var text = new StringBuilder();
        var seconds = recognition.Duration.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"{file}  ({seconds} s)\n");
        text.Append(Head(recognition.Headline, language)).Append('\n');
        if (recognition.Headline.Segments is not null)
            text.Append(language == "zh" ? "  整条录音的平均得分：\n" : "  Averaged scores of the whole recording:\n");
        foreach (var emotion in EmotionNames.All)
        {
            var score = recognition.Scores[emotion];
            // Chinese names are all two characters wide, English ones at most nine letters, so both align.
            var name = emotion.DisplayName(language).PadRight(language == "zh" ? 2 : 9);
            text.Append(CultureInfo.InvariantCulture, $"  {emotion.Emoji()} {name} {Percent(score),7}  {Bar(score)}\n");
        }
        foreach (var note in recognition.Quality)
            text.Append(CultureInfo.InvariantCulture, $"  ⚠ {note.TextIn(language)}\n");
        if (recognition.SpeechOnly is { } speech)
            text.Append(CultureInfo.InvariantCulture, $"  {SpeechOnly(speech, language)}\n");
        if (recognition.Timeline is { } timeline)
            text.Append(TimelineText.Of(timeline, language));
        if (recognition.Frames is { } frames)
            text.Append(Course(frames, language));
        if (folder is not null)
            text.Append(CultureInfo.InvariantCulture, $"  → {folder}\n");
        return text.Append('\n').ToString();
    }

    private static string Head(Headline headline, string language)
    {
        var emojis = headline.Emotion.Emoji() + headline.Secondary?.Emoji();
        return headline.Segments is not null
            ? $"{emojis} {headline.TextIn(language)}"
            : $"{emojis} {headline.NamesIn("zh")} ({headline.NamesIn("en")})  {headline.Percent}";
    }

    /// <summary>
    /// The emotions over time: the top of each half second of the smoothed frames, with equal neighbors joined. Without speech, there
    /// is none.
    /// </summary>
    private static string Course(IReadOnlyList<FrameScores> frames, string language)
    {
        var parts = new List<string>();
        Emotion? last = null;
        foreach (var frame in frames.Smooth(hop: 25))
        {
            if (frame.Scores is not { } scores || scores.Top == last)
                continue;
            last = scores.Top;
            parts.Add(string.Create(
                CultureInfo.InvariantCulture, $"{frame.Start:F1} s {last.Value.Emoji()} {last.Value.DisplayName(language)}"));
        }
        return $"  {string.Join("  →  ", parts)}\n";
    }

    private static string SpeechOnly(SpeechOnlyAnswer answer, string language)
    {
        var name = $"{answer.Emotion.Emoji()} {answer.Emotion.DisplayName(language)} {Percent(answer.Confidence)}";
        return language == "zh" ? $"仅语音部分：{name}" : $"Speech by itself: {name}";
    }

    private static string Bar(float score)
    {
        var eighths = (int)Math.Round(score * BarWidth * 8);
        return (new string('█', eighths / 8) + Eighths[eighths % 8]).TrimEnd();
    }

    private static string Percent(float score) => string.Create(CultureInfo.InvariantCulture, $"{score * 100:F1} %");
}
