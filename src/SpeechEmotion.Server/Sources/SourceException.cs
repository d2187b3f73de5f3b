using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Sources;

/// <summary>A source that cannot be read, or that cannot provide one of its recordings. Codes begin with <c>source.</c>.</summary>
public sealed class SourceException(string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner)
{
    /// <summary>The beginning of all codes.</summary>
    public const string Prefix = "source.";
}
