using System.Text.RegularExpressions;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Http;

/// <summary>
/// Messages as clients get them: of a path only the last name is left, since where the server keeps its files is its own matter. The log
/// keeps the whole message.
/// </summary>
internal static partial class ClientText
{
    /// <summary>Stands for a folder whose own name may hold spaces.</summary>
    private const string Known = "/\u0001";

    /// <summary>Those that hold spaces, which would end a path in a text; the longest first, because one may lie in another.</summary>
    private static readonly string[] Folders =
    [
        .. new[]
        {
            Path.GetTempPath(), AppContext.BaseDirectory, Environment.CurrentDirectory, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        }.Select(Path.TrimEndingDirectorySeparator).Where(folder => folder.Contains(' ', StringComparison.Ordinal)).Distinct().OrderByDescending(folder => folder.Length),
    ];

    /// <summary>The message of an error for clients, in a language.</summary>
    public static string TextIn(this SpeechEmotionException error, string language) => Hide(error.MessageIn(language));

    /// <summary>Leaves of each path in a text only its last name.</summary>
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
    /// A path from a root, to its closing quote where it has one. Addresses of this server and the names that Gradio clients got from
    /// it are none.
    /// </summary>
    [GeneratedRegex("""
        (?<=^|[\s'"“”‘’(（\[:：,，=])(?!/(?:api/v1|gradio_api|tmp/gradio)/)(?:/(?!/)|[A-Za-z]:\\)
        (?:(?<=['"“‘](?:/|[A-Za-z]:\\))[^'"”’]+(?=['"”’])|[^\s'"“”‘’()（）\[\]:：,，;；。]+)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Paths();
}
