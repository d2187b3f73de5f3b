namespace SpeechEmotion.Server.Storage;

/// <summary>Why a recognition has no result.</summary>
/// <param name="Code">Stable error code.</param>
/// <param name="Message">Message in English.</param>
/// <param name="MessageZh">Message in Chinese.</param>
public sealed record RecognitionError(string Code, string Message, string MessageZh)
{
    /// <summary>Returns the message in the given language.</summary>
    public string MessageIn(string language) => language == "zh" ? MessageZh : Message;
}
