namespace SpeechEmotion.Errors;

/// <summary>
/// A failure that the caller can act on: the message says what is wrong, with which file, and what to do.
/// </summary>
/// <param name="code">The stable, machine-readable code in dotted lower case, for example <c>audio.unsupported_format</c>.</param>
/// <param name="message">The English text for people.</param>
/// <param name="messageZh">The same text in Chinese.</param>
/// <param name="inner">The underlying exception, if any.</param>
public abstract class SpeechEmotionException(string code, string message, string messageZh, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The stable code for programs; it does not change between versions.</summary>
    public string Code { get; } = code;

    /// <summary>The message in Chinese.</summary>
    public string MessageZh { get; } = messageZh;

    /// <summary>The message in the requested language: <c>zh</c> (or any tag that begins with it), otherwise English.</summary>
    public string MessageIn(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? MessageZh : Message;
}
