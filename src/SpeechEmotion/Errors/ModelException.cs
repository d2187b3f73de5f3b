namespace SpeechEmotion.Errors;

/// <summary>A model that is not there, is damaged, or cannot do what it was asked. Codes begin with <c>model.</c>.</summary>
public sealed class ModelException(string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner);
