using System.Net;

namespace SpeechEmotion.Client.Errors;

/// <summary>A request without the wanted answer: the server refused it, the recognition failed, or the server cannot be reached.</summary>
/// <param name="code">The stable code for programs, for example <c>audio.damaged</c>.</param>
/// <param name="message">The text for people, in the language of the client.</param>
/// <param name="inner">The cause; null for none.</param>
public sealed class ServerException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// The stable code for programs: one of the server, or one that the client adds: <c>client.unreachable</c>,
    /// <c>client.bad_answer</c>, <c>client.unreadable_file</c>, <c>upload.too_large</c> for a recording that it does not send,
    /// <c>recognition.cancelled</c> for one that ended without a result, and <c>http.NNN</c> for a status NNN without a code.
    /// </summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status of the response; null if there was none, and for a recognition that failed after it was accepted.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Whether the same request may succeed later. The client has already repeated it as long as its patience allows.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Identifies the request in the log of the server; null if there is none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The time after which the server suggests to try again; null if it suggests none.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
