using System.Globalization;
using System.Text;

namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>The name of an entry of an archive, made safe to show. It is never used as a path.</summary>
internal static class EntryName
{
    /// <summary>The longest name in UTF-16 code units; longer ones are cut.</summary>
    public const int MaxLength = 4096;

    private const int Gb18030 = 54936;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Chinese =
        CodePagesEncodingProvider.Instance.GetEncoding(Gb18030, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback)!;

    /// <summary>Decodes UTF-8; other names are from Chinese Windows, which does not mark its encoding.</summary>
    public static string Decode(ReadOnlySpan<byte> name)
    {
        try
        {
            return Utf8.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return Chinese.GetString(name);
        }
    }

    /// <summary>
    /// Makes a name relative and removes what would change folders or the look of a line: a slash at the start, <c>..</c>, control
    /// characters and direction marks. Backslashes become slashes.
    /// </summary>
    public static string Clean(string name)
    {
        var parts = name.Replace('\\', '/').Split('/').Where(part => part is not ("" or "." or ".."));
        var clean = string.Concat(string.Join('/', parts).Select(c => IsUnsafe(c) ? '_' : c));
        if (clean.Length > MaxLength)
            clean = clean[..(char.IsHighSurrogate(clean[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        return clean.Length > 0 ? clean : "_";
    }

    /// <summary>Whether a clean name is in a hidden folder or is hidden itself, or is an attachment that macOS adds to archives.</summary>
    public static bool IsHidden(string clean) => clean.Split('/').Any(part => part[0] == '.' || part == "__MACOSX");

    private static bool IsUnsafe(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
