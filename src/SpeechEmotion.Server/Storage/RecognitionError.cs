namespace SpeechEmotion.Server.Storage;

/// <summary>Why a recognition has no result.</summary>
/// <param name="Code">Stable code for programs.</param>
/// <param name="Message">For people, in English.</param>
/// <param name="MessageZh">For people, in Chinese.</param>
public sealed record RecognitionError(string Code, string Message, string MessageZh)
{
    /// <summary>The message in the asked-for language.</summary>
    public string MessageIn(string language) => language == "zh" ? MessageZh : Message;
}
