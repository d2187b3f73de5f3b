using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// The path below which a reverse proxy shows the server: the one in the server's settings, else what a trusted proxy says in
/// <c>X-Forwarded-Prefix</c>. The proxy may cut it off or leave it: what comes with it and what comes without is the same.
/// </summary>
internal sealed partial class BasePath(RequestDelegate next, IOptions<ServerOptions> options)
{
    private const string Header = "X-Forwarded-Prefix";
    private const int MaxLength = 200;

    private readonly PathString _own = TryParse(options.Value.BasePath, out var path) ? path : default;
    private readonly TrustedProxies _proxies = new(options.Value.TrustedProxy);

    /// <summary>Reads a path as people and proxies write it, with or without a slash at its end; <c>/</c> and nothing mean none.</summary>
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

    /// <summary>What the last proxy says; what stands before it anybody may have written.</summary>
    private PathString Forwarded(HttpContext context) =>
        context.Request.Headers[Header] is [.., { } values] && _proxies.Contains(context.Connection.RemoteIpAddress)
        && TryParse(values.Split(',')[^1].Trim(), out var path)
            ? path
            : default;

    /// <summary>Segments that mean the same in a path, in HTML and in a header, none of them <c>.</c> or <c>..</c>.</summary>
    [GeneratedRegex(@"^(/(?!\.{1,2}(/|\z))[A-Za-z0-9._~-]+)+\z")]
    private static partial Regex Pattern();
}
