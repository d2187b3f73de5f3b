using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>
/// What clients take for the path of a file, and only ever give back: <c>/tmp/gradio/{64 hexadecimal digits}/{name}</c>.
/// Nothing lies there; the digits are looked up.
/// </summary>
/// <param name="Key">The digits.</param>
/// <param name="Name">A name of letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
internal sealed partial record VirtualPath(string Key, string Name)
{
    private const int IdLength = 32;
    private const int NameLength = 100;

    /// <summary>For an upload: digits that nobody guesses.</summary>
    public static VirtualPath ForUpload(string name) => new(RandomNumberGenerator.GetHexString(64, lowercase: true), CleanName(name));

    /// <summary>For a file of a recognition: its name, and digits that make up the length.</summary>
    public static VirtualPath ForResult(string id, string name) => new(id + Check(id), name);

    /// <summary>The recognition whose file this is; null where it is an upload.</summary>
    public string? RecognitionId => Key[..IdLength] is var id && Check(id) == Key[IdLength..] ? id : null;

    /// <summary>Reads what a client gives back, with or without the slash at the beginning.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VirtualPath? path)
    {
        var match = Pattern().Match(text);
        path = match.Success ? new(match.Groups[1].Value, match.Groups[2].Value) : null;
        return path is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"/tmp/gradio/{Key}/{Name}";

    /// <summary>Python builds addresses of names without quoting them, so nothing that would need it may stay.</summary>
    private static string CleanName(string name)
    {
        var clean = Unsafe().Replace(name, "_").TrimStart('.');
        if (clean.Length > NameLength)
            clean = clean[^NameLength..].TrimStart('.');
        return clean is "" ? "audio" : clean;
    }

    private static string Check(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(id)))[..IdLength];

    [GeneratedRegex(@"^/?tmp/gradio/([0-9a-f]{64})/([A-Za-z0-9._-]{1,100})$")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"[^A-Za-z0-9._-]+")]
    private static partial Regex Unsafe();
}
