using System.Globalization;

namespace SpeechEmotion.Server.Uploads;

/// <summary>The name that a sender gives to a recording: shown to people, never used as a path.</summary>
internal static class UploadName
{
    private const int MaxLength = 200;
    private const int MaxFolders = 16;

    /// <summary>Cleans each part of a relative path, with slashes between them; a part that leads upwards is removed.</summary>
    public static string CleanPath(string? name)
    {
        var parts = (name ?? "").Split('/', '\\').Where(part => part.Trim() is not ("" or "." or "..")).Select(Clean).ToArray();
        return parts.Length == 0 ? Clean(null) : string.Join('/', parts[^Math.Min(parts.Length, MaxFolders)..]);
    }

    /// <summary>Removes folders in the notation of any system and control characters, and shortens the name.</summary>
    public static string Clean(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var shown = string.Concat(last.Where(c => !BreaksLine(c) && !IsDirectionMark(c))).Trim();
        if (shown.Length > MaxLength)
            shown = shown[..(char.IsHighSurrogate(shown[MaxLength - 1]) ? MaxLength - 1 : MaxLength)].TrimEnd();
        return shown is "" or "." or ".." ? "audio" : shown;
    }

    private static bool BreaksLine(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Returns whether a character changes the text direction and so displays a name differently from its spelling.</summary>
    private static bool IsDirectionMark(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
