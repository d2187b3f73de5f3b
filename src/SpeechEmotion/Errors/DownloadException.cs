namespace SpeechEmotion.Errors;

/// <summary>A model that cannot be downloaded. Codes begin with <c>download.</c>.</summary>
public sealed class DownloadException(string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner);
