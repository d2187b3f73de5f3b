using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Http;

/// <summary>A request that the server turns down.</summary>
/// <param name="status">HTTP status of the answer.</param>
/// <param name="code">Stable code for programs.</param>
/// <param name="message">English text for people.</param>
/// <param name="messageZh">The same text in Chinese.</param>
/// <param name="inner">What was caught, if anything.</param>
public sealed class RequestException(int status, string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner)
{
    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; } = status;

    /// <summary>Seconds after which to try again; null where that would not help.</summary>
    public int? RetryAfter { get; init; }
}
