namespace SpeechEmotion.Errors;

/// <summary>
/// Every failure that a caller can do something about: it says what is wrong, with which file, and what to do.
/// </summary>
/// <param name="code">Stable, machine-readable, dotted lower case, for example <c>audio.unsupported_format</c>.</param>
/// <param name="message">English text for people.</param>
/// <param name="messageZh">The same text in Chinese.</param>
/// <param name="inner">What was caught, if anything.</param>
public abstract class SpeechEmotionException(string code, string message, string messageZh, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Stable code for programs; it does not change between versions.</summary>
    public string Code { get; } = code;

    /// <summary>The message in Chinese.</summary>
    public string MessageZh { get; } = messageZh;

    /// <summary>The message in the asked-for language: <c>zh</c> (or any tag that begins so), otherwise English.</summary>
    public string MessageIn(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? MessageZh : Message;
}
