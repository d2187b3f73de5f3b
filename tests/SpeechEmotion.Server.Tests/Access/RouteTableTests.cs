using System.Net;
using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>Every route of the server requires a login, except those listed here.</summary>
public sealed class RouteTableTests
{
    /// <summary>Routes below the root; those of Gradio also exist below its prefix.</summary>
    private static readonly string[] Open =
    [
        "/login", "/logout", "/api/v1/session", "/health", "/health/live", "/health/ready", "/user", "/login_check", "/token",
        "/heartbeat/x", "/cancel", "/reset", "/app_id", "/theme.css", "/robots.txt", "/", "/index.html", "/assets/x",
    ];

    [Fact]
    public async Task EveryRoute_WithoutCredentials_IsGuardedOrListedAsOpen()
    {
        await using var server = await GuardedServer.StartAsync();
        var routes = server.Routes("x");

        routes.Length.ShouldBeGreaterThan(15);
        foreach (var (method, path) in routes)
        {
            using var response = await server.SendAsync(method, path);
            var open = Open.Contains(Regex.Replace(path, "^/gradio_api(?=/)", ""));
            (response.StatusCode == HttpStatusCode.Unauthorized && !path.EndsWith("/login_check", StringComparison.Ordinal))
                .ShouldBe(!open, $"{method} {path}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task EveryRoute_WithAKey_IsLetThrough()
    {
        await using var server = await GuardedServer.StartAsync();

        foreach (var (method, path) in server.Routes("x").Where(route => !route.Path.StartsWith("/log", StringComparison.Ordinal)))
        {
            using var response = await server.SendAsync(method, path, ("X-API-Key", GuardedServer.Key));
            response.StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized, $"{method} {path}");
            // Gradio answers 403 for missing files; no other route may.
            if (response.StatusCode == HttpStatusCode.Forbidden)
                path.ShouldContain("/file");
        }
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/file=/tmp/gradio/x/y.wav")]
    [InlineData("/gradio_api/file=/tmp/gradio/x/y.wav")]
    [InlineData("/gradio_api/queue/data")]
    [InlineData("/api/predict/")]
    [InlineData("/API/V1/recognitions")]
    [InlineData("//login")]
    [InlineData("/health%2F..%2Fmetrics")]
    [InlineData("/health/../metrics")]
    [InlineData("/assets/../config")]
    [InlineData("/loginx")]
    public async Task Path_NotOpen_IsGuardedWhetherItExistsOrNot(string path)
    {
        await using var server = await GuardedServer.StartAsync();

        using var response = await server.SendAsync("GET", path);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/assets/index-0123.js")]
    [InlineData("/health/live")]
    [InlineData("/health/live/")]
    [InlineData("/api/v1/session")]
    public async Task Path_OfThePage_StaysOpen(string path)
    {
        await using var server = await GuardedServer.StartAsync();

        using var response = await server.SendAsync("GET", path);

        response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Denied_OverRestAndGradio_HasTheFormatOfEach()
    {
        await using var server = await GuardedServer.StartAsync();

        using var rest = await server.SendAsync("GET", "/api/v1/recognitions", ("Accept-Language", "zh-CN"));
        using var stream = await server.SendAsync("GET", "/api/v1/recognitions/x/events", ("Accept", "text/event-stream"));
        using var config = await server.SendAsync("GET", "/config");
        using var join = await server.SendAsync("POST", "/gradio_api/queue/join");

        rest.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await rest.CodeAsync()).ShouldBe("access.denied");
        (await rest.JsonAsync()).GetProperty("detail").GetString().ShouldStartWith("本服务需要登录或密钥");
        (await stream.CodeAsync()).ShouldBe("access.denied");
        (await config.TextAsync()).ShouldBe("""{"detail":{"error":"Not authenticated","auth_message":null}}""");
        (await join.TextAsync()).ShouldBe("""{"detail":"Not authenticated"}""");
    }
}
