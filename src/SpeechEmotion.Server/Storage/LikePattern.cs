namespace SpeechEmotion.Server.Storage;

/// <summary>Patterns of SQL's <c>LIKE</c> for the text of a user, without regard to the case of ASCII letters.</summary>
internal static class LikePattern
{
    /// <summary>The escape character of the patterns.</summary>
    public const string Escape = "\\";

    /// <summary>A pattern that matches each text whose <see cref="Lower"/> contains the given one.</summary>
    public static string Containing(string text) => "%" + Lower(text).Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    /// <summary>The text with ASCII letters in lower case; in queries, the engine's function <c>lower</c>, which does the same.</summary>
    public static string Lower(string text) =>
        string.Create(text.Length, text, static (lower, text) =>
        {
            for (var i = 0; i < text.Length; i++)
                lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | ' ') : text[i];
        });
}
