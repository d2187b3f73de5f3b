using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage;

/// <summary>Why a recognition has no result.</summary>
/// <param name="Code">Stable error code.</param>
/// <param name="Message">Message in English.</param>
/// <param name="MessageZh">Message in Chinese.</param>
public sealed record RecognitionError(string Code, string Message, string MessageZh)
{
    /// <summary>Returns the message in the given language.</summary>
    public string MessageIn(string language) => language == "zh" ? MessageZh : Message;

    /// <summary>Returns the exception of which another program, or an earlier request, stored the text.</summary>
    internal SpeechEmotionException ToException() => Code.StartsWith("audio.", StringComparison.Ordinal)
        ? new AudioException(Code, Message, MessageZh)
        : new RequestException(StatusOf(Code), Code, Message, MessageZh);

    /// <summary>The status of an answer with an error of another program: those of the machine are temporary.</summary>
    private static int StatusOf(string code) => code switch
    {
        "model.not_found" => 404,
        "output.disk_full" => 507,
        _ when code.StartsWith("model.", StringComparison.Ordinal) || code.StartsWith("disk.", StringComparison.Ordinal)
            || code == "server.interrupted" => 503,
        _ => 500,
    };
}
