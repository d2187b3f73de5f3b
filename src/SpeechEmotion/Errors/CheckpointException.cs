namespace SpeechEmotion.Errors;

/// <summary>A model folder or checkpoint that cannot be read. Codes begin with <c>checkpoint.</c>.</summary>
public sealed class CheckpointException(string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner);
