using System.Text.RegularExpressions;

namespace SpeechEmotion.Server.Access;

/// <summary>Which addresses are treated how. Whatever is not named here is guarded.</summary>
internal static partial class Paths
{
    /// <summary>Open to all: the page and its way in, whether the server lives, and what Gradio leaves open.</summary>
    public static PathSet Open { get; } = new(
        ["/", "/index.html", "/robots.txt", "/login", "/logout", "/api/v1/session"], ["/assets", "/health"],
        ["/heartbeat", "/cancel", "/reset", "/app_id", "/theme.css", "/user", "/login_check", "/token"]);

    /// <summary>Ours alone: what a browser sends here by itself counts only where the page is our own.</summary>
    public static PathSet Own { get; } = new([], ["/api/v1", "/metrics", "/openapi", "/docs"], ["/token"]);

    /// <summary>Those that answer in the way of REST; all others answer in the way of Gradio.</summary>
    public static PathSet Rest { get; } = new([], ["/api/v1", "/metrics", "/openapi", "/docs"], []);

    /// <summary>Short, and needed to get in: they do not count as open requests.</summary>
    public static PathSet Short { get; } = new(["/", "/index.html", "/login", "/logout", "/api/v1/session"], ["/assets", "/health"], []);

    private static readonly PathSet Unlimited = new(["/", "/index.html"], ["/assets", "/health"], []);

    private static readonly PathSet Streams = new([], [], ["/heartbeat", "/queue/data", "/upload_progress"]);

    /// <summary>Whether a request counts for the rate limit: neither the page nor a stream that only waits does.</summary>
    public static bool IsLimited(HttpRequest request) =>
        !Unlimited.Contains(request.Path)
        && !(HttpMethods.IsGet(request.Method) && (Streams.Contains(request.Path) || Stream().IsMatch(request.Path.Value ?? "")));

    [GeneratedRegex("^(/api/v1/recognitions/[^/]+/events|(/gradio_api)?/call(/v2)?/[^/]+/[^/]+)/?$", RegexOptions.IgnoreCase)]
    private static partial Regex Stream();
}
