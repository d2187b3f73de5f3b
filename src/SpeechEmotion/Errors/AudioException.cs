namespace SpeechEmotion.Errors;

/// <summary>A recording that cannot be read. Codes begin with <c>audio.</c>.</summary>
public sealed class AudioException(string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner);
