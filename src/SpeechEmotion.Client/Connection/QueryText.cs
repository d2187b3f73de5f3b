using System.Globalization;
using System.Text;

namespace SpeechEmotion.Client.Connection;

/// <summary>Writes a path with its query.</summary>
internal static class QueryText
{
    /// <summary>Appends the parameters that have a value.</summary>
    public static string With(this string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var text = new StringBuilder(path);
        var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null)
                continue;
            text.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }
        return text.ToString();
    }

    /// <summary>The name of a member as the server writes it; null for its default.</summary>
    public static string? KeyUnlessDefault<T>(this T member)
        where T : struct, Enum => EqualityComparer<T>.Default.Equals(member, default) ? null : member.Key();

    /// <summary>The name of a member as the server writes it.</summary>
    public static string Key<T>(this T member)
        where T : struct, Enum => member.ToString().ToLowerInvariant();

    /// <summary>A number or time as the server reads it, whatever the culture of the machine.</summary>
    public static string? Text<T>(this T? value, string? format = null)
        where T : struct, IFormattable => value?.ToString(format, CultureInfo.InvariantCulture);
}
