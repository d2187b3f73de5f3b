namespace SpeechEmotion.Server.Storage;

/// <summary>Patterns of SQL's <c>LIKE</c> for the text of a user.</summary>
internal static class LikePattern
{
    /// <summary>The escape character of the patterns.</summary>
    public const string Escape = "\\";

    /// <summary>A pattern that matches each text which contains the given one.</summary>
    public static string Containing(string text) => "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
