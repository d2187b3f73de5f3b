namespace SpeechEmotion.Server.Uploads;

/// <summary>The name that a sender gives a recording: shown to people, never used as a path.</summary>
internal static class UploadName
{
    private const int MaxLength = 200;

    /// <summary>Drops folders of any system, control characters, and what is too long.</summary>
    public static string Clean(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var shown = string.Concat(last.Where(c => !char.IsControl(c) && !IsDirectionMark(c))).Trim();
        if (shown.Length > MaxLength)
            shown = shown[..MaxLength];
        return shown is "" or "." or ".." ? "audio" : shown;
    }

    /// <summary>Marks that make a name read otherwise than it is written.</summary>
    private static bool IsDirectionMark(char c) => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
