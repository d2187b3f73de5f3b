using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>Which page a browser's request comes from.</summary>
internal sealed class Origins(IOptions<ServerOptions> options)
{
    private readonly HashSet<string> _names = LocalNames.Allowed(options.Value);
    private readonly HashSet<string> _origins = [.. options.Value.AllowOrigin.Select(origin => Parse(origin)!.GetLeftPart(UriPartial.Authority))];

    /// <summary>The page as it is told to people.</summary>
    public static string NameOf(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin ? origin : request.Headers["Sec-Fetch-Site"].ToString();

    /// <summary>The address of the page; null where it is <c>null</c> or malformed. Browsers write it in ASCII.</summary>
    public static Uri? Parse(StringValues origin) =>
        origin is [{ } text] && Ascii.IsValid(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" } && !text.EndsWith('/')
            ? uri
            : null;

    /// <summary>Whether a browser says that the request comes from a page of another site, and not because somebody followed a link.</summary>
    public static bool IsCrossSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "cross-site" && !IsNavigation(request);

    /// <summary>Whether a page is one of those that the server's settings let in.</summary>
    public bool IsAllowed(Uri page) => _origins.Contains(page.GetLeftPart(UriPartial.Authority));

    /// <summary>
    /// Whether what a browser sends by itself counts: the page is the server's own, an allowed one, or one of this machine that asks
    /// the server by a name of this machine.
    /// </summary>
    public bool MayUseLogin(HttpRequest request) =>
        IsOwn(request) || (LocalNames.IsLocal(request.Host.Host) && Parse(request.Headers.Origin) is { } page && IsLocal(page));

    /// <summary>Whether a page is of this machine, or bears a name that the server was told is its own.</summary>
    public bool IsLocal(Uri page) => LocalNames.IsLocal(page.IdnHost) || _names.Contains(page.IdnHost);

    /// <summary>Whether the request comes from the server's own page, an allowed one, or from no page at all.</summary>
    public bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (request.Headers.Origin.Count == 0)
            return site is "" or "same-origin" or "none" || IsNavigation(request);
        // A proxy may call the server by another name and scheme than the browser does, which tells what it saw.
        return Parse(request.Headers.Origin) is { } page
            && (site == "same-origin" || page.Authority.Equals(AuthorityOf(request), StringComparison.OrdinalIgnoreCase) || _names.Contains(page.IdnHost) || IsAllowed(page));
    }

    private static bool IsNavigation(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers["Sec-Fetch-Mode"] == "navigate";

    private static string AuthorityOf(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var self) ? self.Authority : "";
}
