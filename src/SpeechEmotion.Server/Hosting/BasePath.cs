using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// Sets the path prefix under which a reverse proxy exposes the server: the prefix in the server's settings, else the one that a
/// trusted proxy sends in <c>X-Forwarded-Prefix</c>. The proxy may strip the prefix or keep it; both kinds of requests work.
/// </summary>
internal sealed partial class BasePath(RequestDelegate next, IOptions<ServerOptions> options)
{
    private const string Header = "X-Forwarded-Prefix";
    private const int MaxLength = 200;

    private readonly PathString _own = TryParse(options.Value.BasePath, out var path) ? path : default;
    private readonly TrustedProxies _proxies = new(options.Value.TrustedProxy);

    /// <summary>
    /// Parses a path as people and proxies write it, with or without a trailing slash; <c>/</c> and an empty text mean no prefix.
    /// </summary>
    public static bool TryParse(string text, out PathString path)
    {
        var trimmed = text.TrimEnd('/');
        var valid = text is "" or "/" || (trimmed.Length <= MaxLength && Pattern().IsMatch(trimmed));
        path = valid ? new(trimmed) : default;
        return valid;
    }

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var path = _own.HasValue ? _own : Forwarded(context);
        if (path.HasValue)
        {
            request.PathBase = path;
            if (request.Path.StartsWithSegments(path, out var rest))
                request.Path = rest;
        }
        return next(context);
    }

    /// <summary>Returns the prefix that the last proxy sent: any client may have written the values before it.</summary>
    private PathString Forwarded(HttpContext context) =>
        context.Request.Headers[Header] is [.., { } values] && _proxies.Contains(context.Connection.RemoteIpAddress)
        && TryParse(values.Split(',')[^1].Trim(), out var path)
            ? path
            : default;

    /// <summary>Matches segments that need no escaping in a path, in HTML or in a header, except <c>.</c> and <c>..</c>.</summary>
    [GeneratedRegex(@"^(/(?!\.{1,2}(/|\z))[A-Za-z0-9._~-]+)+\z")]
    private static partial Regex Pattern();
}
