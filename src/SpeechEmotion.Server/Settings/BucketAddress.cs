using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Server.Settings;

/// <summary>A bucket of S3 or of a compatible store, as users name it. The keys are not part of it: the environment has them.</summary>
/// <param name="Bucket">The name of the bucket.</param>
/// <param name="Prefix">What all keys begin with: empty, or names that end with a slash.</param>
/// <param name="Endpoint">The address of a compatible store; null for Amazon's.</param>
/// <param name="Region">The region; null for that of the environment.</param>
internal sealed partial record BucketAddress(string Bucket, string Prefix, Uri? Endpoint, string? Region)
{
    private const string Scheme = "s3://";

    /// <summary>The bucket and the prefix, for people.</summary>
    public string Name => $"{Scheme}{Bucket}/{Prefix}".TrimEnd('/');

    /// <summary>Whether a text names a bucket instead of a folder.</summary>
    public static bool IsOne([NotNullWhen(true)] string? text) =>
        text?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads <c>s3://bucket/prefix?endpoint=https://host:port&amp;region=name</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BucketAddress? address)
    {
        address = null;
        var match = IsOne(text) ? Pattern().Match(text[Scheme.Length..]) : Match.Empty;
        if (!match.Success || match.Groups["prefix"].Value.Split('/').Any(part => part is "." or ".."))
            return false;
        var (prefix, endpoint, region) = (match.Groups["prefix"].Value.Trim('/'), (Uri?)null, (string?)null);
        foreach (var setting in match.Groups["settings"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = setting.Split('=', 2) is [var key, var given] ? (key, Uri.UnescapeDataString(given)) : (setting, "");
            if (name == "endpoint" && Uri.TryCreate(value, UriKind.Absolute, out endpoint) && IsOfServer(endpoint))
                continue;
            if (name != "region" || value.Length == 0)
                return false;
            region = value;
        }
        address = new(match.Groups["bucket"].Value, prefix.Length == 0 ? "" : prefix + "/", endpoint, region);
        return true;
    }

    /// <summary>Whether an address names only a server. A login in it would be shown by logs.</summary>
    private static bool IsOfServer(Uri endpoint) => (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.Scheme == Uri.UriSchemeHttp)
        && endpoint is { UserInfo: "", AbsolutePath: "/", Query: "" };

    /// <summary>The names that S3 permits, and prefixes without characters that stores treat differently.</summary>
    [GeneratedRegex(@"^(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?<prefix>[A-Za-z0-9._/-]*))?(\?(?<settings>.*))?\z")]
    private static partial Regex Pattern();
}
