using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>
/// The path of a file as clients see it and send it back: <c>/tmp/gradio/{64 hexadecimal digits}/{name}</c>. No file exists at
/// this path; the server looks up the digits.
/// </summary>
/// <param name="Key">The digits.</param>
/// <param name="Name">A name of letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
internal sealed partial record VirtualPath(string Key, string Name)
{
    private const int IdLength = 32;
    private const int NameLength = 100;

    /// <summary>Creates the path of an upload, with unguessable digits.</summary>
    public static VirtualPath ForUpload(string name) => new(RandomNumberGenerator.GetHexString(64, lowercase: true), CleanName(name));

    /// <summary>Creates the path of a recognition's file: the digits are the recognition's id and its checksum.</summary>
    public static VirtualPath ForResult(string id, string name) => new(id + Check(id), name);

    /// <summary>The id of the recognition whose file this is; null for an upload.</summary>
    public string? RecognitionId => Key[..IdLength] is var id && Check(id) == Key[IdLength..] ? id : null;

    /// <summary>Parses a path from a client, with or without the leading slash.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VirtualPath? path)
    {
        var match = Pattern().Match(text);
        path = match.Success ? new(match.Groups[1].Value, match.Groups[2].Value) : null;
        return path is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"/tmp/gradio/{Key}/{Name}";

    /// <summary>Replaces all characters that need escaping in a URL, because Python clients do not escape names.</summary>
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
