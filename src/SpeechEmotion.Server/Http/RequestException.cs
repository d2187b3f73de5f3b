using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Http;

/// <summary>A request that the server refuses.</summary>
/// <param name="status">The HTTP status of the response.</param>
/// <param name="code">The stable code for programs.</param>
/// <param name="message">The English text for people.</param>
/// <param name="messageZh">The same text in Chinese.</param>
/// <param name="inner">The cause; null for none.</param>
public sealed class RequestException(int status, string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner)
{
    /// <summary>The HTTP status of the response.</summary>
    public int Status { get; } = status;

    /// <summary>The seconds after which to try again; null if a retry does not help.</summary>
    public int? RetryAfter { get; init; }
}
