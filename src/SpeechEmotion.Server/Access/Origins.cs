using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>Classifies the page that a browser's request originates from.</summary>
internal sealed class Origins(IOptions<ServerOptions> options)
{
    private readonly HashSet<string> _names = LocalNames.Allowed(options.Value);
    private readonly HashSet<string> _origins =
        [.. options.Value.AllowOrigin.Select(origin => Parse(origin)!.GetLeftPart(UriPartial.Authority))];

    /// <summary>Returns the name of the page for an error message.</summary>
    public static string NameOf(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin ? origin : request.Headers["Sec-Fetch-Site"].ToString();

    /// <summary>Parses an Origin header; null if it is <c>null</c> or malformed. Browsers write it in ASCII.</summary>
    public static Uri? Parse(StringValues origin) =>
        origin is [{ } text] && Ascii.IsValid(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" } && !text.EndsWith('/')
            ? uri
            : null;

    /// <summary>Returns whether the browser reports a page of another site as the origin, and the request does not follow a link.</summary>
    public static bool IsCrossSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "cross-site" && !IsNavigation(request);

    /// <summary>Returns whether the server's settings allow a page (<c>--allow-origin</c>).</summary>
    public bool IsAllowed(Uri page) => _origins.Contains(page.GetLeftPart(UriPartial.Authority));

    /// <summary>
    /// Returns whether the server accepts the credentials that a browser sends by itself: the page is the server's own, an allowed
    /// one, or a page on this machine that uses a host name of this machine.
    /// </summary>
    public bool MayUseLogin(HttpRequest request) =>
        IsOwn(request) || (LocalNames.IsLocal(request.Host.Host) && Parse(request.Headers.Origin) is { } page && IsLocal(page));

    /// <summary>Returns whether a page is on this machine, or on a host name in the server's settings (<c>--allow-host</c>).</summary>
    public bool IsLocal(Uri page) => LocalNames.IsLocal(page.IdnHost) || _names.Contains(page.IdnHost);

    /// <summary>Returns whether the request originates from the server's own page, an allowed page, or no page at all.</summary>
    public bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (request.Headers.Origin.Count == 0)
            return site is "" or "same-origin" or "none" || IsNavigation(request);
        // A proxy may use another host name and scheme than the browser, so the browser's own report counts too.
        return Parse(request.Headers.Origin) is { } page
            && (site == "same-origin"
                || page.Authority.Equals(AuthorityOf(request), StringComparison.OrdinalIgnoreCase)
                || _names.Contains(page.IdnHost)
                || IsAllowed(page));
    }

    private static bool IsNavigation(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers["Sec-Fetch-Mode"] == "navigate";

    private static string AuthorityOf(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var self) ? self.Authority : "";
}
