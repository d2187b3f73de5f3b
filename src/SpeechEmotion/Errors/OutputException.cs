namespace SpeechEmotion.Errors;

/// <summary>A result that cannot be written. Codes begin with <c>output.</c>.</summary>
public sealed class OutputException(string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner);
