using System.Text.RegularExpressions;

namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>An address in place of a path.</summary>
internal static partial class Address
{
    /// <summary>Whether a text is an address of any kind: it starts with a scheme and two slashes.</summary>
    public static bool Is(string text) => SchemePattern().IsMatch(text);

    /// <summary>Whether an address is one of HTTP with a host.</summary>
    public static bool IsFetchable(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0;

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*://")]
    private static partial Regex SchemePattern();
}
