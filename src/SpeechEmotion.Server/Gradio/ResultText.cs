using System.Globalization;
using System.Text;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Gradio;

/// <summary>Formats a result for people: the emotion, the nine scores, the quality notes and the model.</summary>
internal static class ResultText
{
    /// <summary>Formats the result of a recognition.</summary>
    /// <param name="record">A recognition with a result.</param>
    /// <param name="language">The language of the notes; null for Chinese and English.</param>
    public static string Of(RecognitionDocument record, string? language)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{record.Emotion!.Value.Emoji()} {Name(record.Emotion.Value)} 置信度 {record.Confidence * 100:F1} %\n\n");
        foreach (var emotion in EmotionNames.All)
            text.Append(CultureInfo.InvariantCulture, $"{emotion.Emoji()} {Name(emotion)}: {record.Scores![(int)emotion] * 100:F1} %\n");
        if (record.Quality is { Count: > 0 } notes)
        {
            var lines = notes.Select(note => "⚠ " + (language is null ? $"{note.TextZh} / {note.Text}" : note.TextIn(language)));
            text.Append('\n').AppendJoin('\n', lines).Append('\n');
        }
        if (record.SpeechOnly is { } scores && new SpeechOnlyAnswer(new([.. scores])) is var speech)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n仅语音部分 / Speech only: {speech.Emotion.Emoji()} {Name(speech.Emotion)} {speech.Confidence * 100:F1} %\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"\n模型: {record.Model!.Id} ({record.Model.Precision})");
        return text.ToString();
    }

    private static string Name(Emotion emotion) => $"{emotion.DisplayName("zh")} ({emotion.DisplayName("en")})";
}
