namespace SpeechEmotion.Errors;

/// <summary>A model that is missing, is damaged, or does not support the request. Codes begin with <c>model.</c>.</summary>
public sealed class ModelException(string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner);
