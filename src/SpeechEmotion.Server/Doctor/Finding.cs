using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Doctor;

/// <summary>One line of the report.</summary>
/// <param name="Level">What it means.</param>
/// <param name="Subject">What was examined.</param>
/// <param name="Text">The English text.</param>
/// <param name="TextZh">The same text in Chinese; null if the text is the same.</param>
internal sealed record Finding(FindingLevel Level, string Subject, string Text, string? TextZh = null)
{
    public static Finding Ok(string subject, string text) => new(FindingLevel.Ok, subject, text);

    public static Finding Warning(string subject, string text, string textZh) => new(FindingLevel.Warning, subject, text, textZh);

    public static Finding Failed(string subject, SpeechEmotionException failure) =>
        new(FindingLevel.Failed, subject, $"{failure.Message} [{failure.Code}]", failure.MessageZh);
}
