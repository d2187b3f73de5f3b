using System.Text.RegularExpressions;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Http;

/// <summary>
/// Prepares messages for clients: each path is shortened to its last name, so that clients do not learn where the server stores its
/// files. The log contains the full message.
/// </summary>
internal static partial class ClientText
{
    /// <summary>Stands for a folder whose name may contain spaces.</summary>
    private const string Known = "/\u0001";

    /// <summary>
    /// The known folders with spaces, which would end a path in a text. The longest is first, because one may contain another.
    /// </summary>
    private static readonly string[] Folders =
    [
        .. new[]
        {
            Path.GetTempPath(),
            AppContext.BaseDirectory,
            Environment.CurrentDirectory,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        }
        .Select(Path.TrimEndingDirectorySeparator)
        .Where(folder => folder.Contains(' ', StringComparison.Ordinal))
        .Distinct()
        .OrderByDescending(folder => folder.Length),
    ];

    /// <summary>Returns the message of an error for clients, in a language.</summary>
    public static string TextIn(this SpeechEmotionException error, string language) => Hide(error.MessageIn(language));

    /// <summary>Shortens each path in a text to its last name.</summary>
    public static string Hide(string text)
    {
        foreach (var folder in Folders)
            text = text.Replace(folder, Known, StringComparison.Ordinal);
        return Paths().Replace(text, path => Last(path.Value));
    }

    private static string Last(string path)
    {
        var end = path.TrimEnd('.', '/', '\\');
        var name = end[(end.LastIndexOfAny(['/', '\\']) + 1)..];
        return (name == Known[1..] ? "…" : name) + (path.EndsWith('.') ? "." : "");
    }

    /// <summary>
    /// Matches an absolute path, up to its closing quote if it is quoted. It does not match this server's own URL paths and the file
    /// names that it gave to Gradio clients.
    /// </summary>
    [GeneratedRegex("""
        (?<=^|[\s'"“”‘’(（\[:：,，=])(?!/(?:api/v1|gradio_api|tmp/gradio)/)(?:/(?!/)|[A-Za-z]:\\)
        (?:(?<=['"“‘](?:/|[A-Za-z]:\\))[^'"”’]+(?=['"”’])|[^\s'"“”‘’()（）\[\]:：,，;；。]+)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Paths();
}
