using System.Net;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>A page of another site cannot use a server that its visitor's browser can reach.</summary>
public sealed class OriginTests
{
    private const string Public = "ser.example.com";
    private const string List = "/api/v1/recognitions";

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://127.0.0.1", true)]
    [InlineData("http://[::1]:7860", true)]
    [InlineData("https://ser.example.com", true)]
    [InlineData("https://evil.example.com", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData("http://localhost@evil.example.com", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    [InlineData("localhost", false)]
    [InlineData("file://", false)]
    [InlineData("chrome-extension://localhost", false)]
    public async Task Origin_OnALocalHost_MustBeLocal(string origin, bool allowed)
    {
        await using var server = await GuardedServer.OpenAsync(("AllowHost:0", Public));
        (string, string)[] requests =
        [
            ("GET", List), ("POST", List), ("DELETE", $"{List}/x"), ("GET", "/config"), ("POST", "/login"), ("GET", "/health/live"),
        ];

        foreach (var (method, path) in requests)
        {
            using var response = await server.SendAsync(method, path, ("Origin", origin));
            (response.StatusCode != HttpStatusCode.Forbidden).ShouldBe(allowed, $"{method} {path}");
            response.Headers.Header("Access-Control-Allow-Origin").ShouldBe(allowed ? origin : null);
        }
    }

    [Fact]
    public async Task Recording_SentCrossOriginToLoopback_IsRefusedAndNothingIsKept()
    {
        await using var server = await GuardedServer.OpenAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Recordings.Speech), "file", "a.wav" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, List)
        {
            Content = form,
            Headers = { { "Origin", "https://evil.example.com" } },
        };

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.CodeAsync()).ShouldBe("access.origin");
        using var list = await server.SendAsync("GET", List);
        (await list.JsonAsync()).GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("POST", "cross-site", "no-cors", false)]
    [InlineData("DELETE", "cross-site", "cors", false)]
    [InlineData("POST", "cross-site", "navigate", false)]
    [InlineData("GET", "cross-site", "no-cors", false)]
    [InlineData("GET", "cross-site", "navigate", true)]
    [InlineData("POST", "same-origin", "cors", true)]
    [InlineData("POST", "none", "navigate", true)]
    public async Task FetchSite_WithoutOrigin_IdentifiesACrossSiteRequest(string method, string site, string mode, bool allowed)
    {
        await using var server = await GuardedServer.OpenAsync();

        using var response = await server.SendAsync(method, "/api/v1/recognitions/x", ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode));

        (response.StatusCode != HttpStatusCode.Forbidden).ShouldBe(allowed);
    }

    [Fact]
    public async Task Program_WithoutOrigin_IsAnswered()
    {
        await using var server = await GuardedServer.OpenAsync();

        using var response = await server.SendAsync("GET", List);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Vary.ShouldContain("Origin");
        response.Headers.Header("Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Fact]
    public async Task Preflight_OfAnAllowedPage_IsAnsweredWithoutLogin()
    {
        await using var server = await GuardedServer.StartAsync(("Host", "0.0.0.0"));

        using var response = await server.SendAsync(
            "OPTIONS", "/gradio_api/queue/join", ("Host", Public), ("Origin", "https://app.example.com"),
            ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type,x-gradio-user"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Header("Access-Control-Allow-Origin").ShouldBe("https://app.example.com");
        response.Headers.Header("Access-Control-Allow-Credentials").ShouldBeNull();
        response.Headers.Header("Access-Control-Allow-Headers").ShouldBe("content-type,x-gradio-user");
        response.Headers.Header("Access-Control-Allow-Methods")!.ShouldContain("POST");
        response.Headers.Vary.ShouldContain("Origin");
    }

    [Fact]
    public async Task Preflight_OfAForeignPageToALocalHost_IsRefused()
    {
        await using var server = await GuardedServer.OpenAsync();

        using var response = await server.SendAsync(
            "OPTIONS", List, ("Origin", "https://evil.example.com"), ("Access-Control-Request-Method", "DELETE"));

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Headers.Header("Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Theory]
    [InlineData("https://app.example.com", "cross-site", "/user", true)]
    [InlineData("https://app.example.com", "cross-site", List, false)]
    [InlineData("https://allowed.example.com:8443", "cross-site", List, true)]
    [InlineData("https://allowed.example.com:8443", "cross-site", "/token", true)]
    [InlineData("https://allowed.example.com", "cross-site", List, false)]
    [InlineData("http://allowed.example.com:8443", "cross-site", List, false)]
    [InlineData("https://app.example.com", "cross-site", "/metrics", false)]
    [InlineData("https://app.example.com", "cross-site", "/token", false)]
    [InlineData("https://app.example.com", "cross-site", "/api/v1/session", false)]
    [InlineData("null", "cross-site", List, false)]
    [InlineData("http://ser.example.com:81", "", List, false)]
    [InlineData("http://ser.example.com", "", List, true)]
    [InlineData("https://ser.example.com", "", List, true)]
    [InlineData("https://proxied.example.com", "same-origin", List, true)]
    [InlineData(null, "same-site", List, false)]
    [InlineData(null, "same-origin", List, true)]
    [InlineData(null, "", List, true)]
    public async Task Cookie_OnANamedHost_OpensRestToOwnPagesOnly(string? origin, string site, string path, bool allowed)
    {
        await using var server = await GuardedServer.StartAsync(("Host", "0.0.0.0"), ("AllowOrigin:0", "https://allowed.example.com:8443"));
        using var form = GuardedServer.Form();
        using var login = await server.LoginAsync(form);
        (string, string)[] headers =
        [
            ("Host", Public), login.Cookie(), .. origin is null ? Array.Empty<(string, string)>() : [("Origin", origin)],
            ("Sec-Fetch-Site", site),
        ];

        using var response = await server.SendAsync("GET", path, headers);

        response.StatusCode.ShouldBe(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        if (!allowed)
            (await response.CodeAsync()).ShouldBe("access.origin");
    }

    [Theory]
    [InlineData("https://app.example.com", "cross-site", Public, false)]
    [InlineData("null", "cross-site", Public, false)]
    [InlineData(null, "cross-site", Public, false)]
    [InlineData(null, "same-site", Public, false)]
    [InlineData("https://ser.example.com", "same-origin", Public, true)]
    [InlineData("https://allowed.example.com", "cross-site", Public, true)]
    [InlineData(null, "", Public, true)]
    [InlineData("http://localhost:3000", "same-site", "localhost", true)]
    public async Task Cookie_OfAGradioClient_CountsOnOwnAndAllowedPagesOnly(string? origin, string site, string host, bool counts)
    {
        await using var server = await GuardedServer.StartAsync(("Host", "0.0.0.0"), ("AllowOrigin:0", "https://allowed.example.com"));
        using var form = GuardedServer.Form();
        using var login = await server.LoginAsync(form);
        (string, string)[] headers =
        [
            ("Host", host), login.Cookie(), .. origin is null ? Array.Empty<(string, string)>() : [("Origin", origin)],
            ("Sec-Fetch-Site", site),
        ];

        using var config = await server.SendAsync("GET", "/config", headers);
        using var user = await server.SendAsync("GET", "/gradio_api/user", headers);

        config.StatusCode.ShouldBe(counts ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        (await user.TextAsync()).ShouldBe(counts ? "\"ann\"" : "null");
        config.Headers.Header("Access-Control-Allow-Credentials").ShouldBe(counts && origin is not null ? "true" : null);
    }

    [Fact]
    public async Task AllowedPage_ToALocalHost_IsAnswered()
    {
        await using var server = await GuardedServer.OpenAsync(("AllowOrigin:0", "https://app.example.com"));

        using var allowed = await server.SendAsync("GET", List, ("Origin", "https://app.example.com"));
        using var other = await server.SendAsync("GET", List, ("Origin", "https://app.example.com:444"));

        allowed.StatusCode.ShouldBe(HttpStatusCode.OK);
        other.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Key_OnANamedHost_OpensRestToAllPages()
    {
        await using var server = await GuardedServer.StartAsync(("Host", "0.0.0.0"));

        using var response = await server.SendAsync(
            "GET", List, ("Host", Public), ("Origin", "https://app.example.com"), ("X-API-Key", GuardedServer.Key));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Header("Access-Control-Allow-Origin").ShouldBe("https://app.example.com");
    }

    [Theory]
    [InlineData("https://app.example.com", true)]
    [InlineData("https://caf\u00e9.example.com", false)]
    public async Task Preflight_NotAscii_IsAnsweredWithoutAnEcho(string origin, bool isEchoed)
    {
        await using var server = await GuardedServer.OpenAsync(("AllowHost:0", Public));
        using var connection = await RawConnection.OpenAsync(server);

        await connection.SendAsync(
            $"OPTIONS /config HTTP/1.1\r\nHost: {Public}\r\nOrigin: {origin}\r\nAccess-Control-Request-Method: GET\r\n" +
            "Access-Control-Request-Headers: caf\u00e9\r\nConnection: close\r\n\r\n");
        var answer = await connection.AnswerAsync();

        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldNotContain("Access-Control-Allow-Headers");
        answer.Contains($"Access-Control-Allow-Origin: {origin}", StringComparison.Ordinal).ShouldBe(isEchoed);
    }

    [Fact]
    public async Task NoLogin_OnANamedHost_DoesNotTrustEveryPage()
    {
        await using var server = await GuardedServer.OpenAsync(("Host", "0.0.0.0"), ("AllowHost:0", Public));

        using var foreign = await server.SendAsync("GET", List, ("Host", Public), ("Origin", "https://evil.example.com"));
        using var own = await server.SendAsync("GET", List, ("Host", Public), ("Origin", $"http://{Public}"));

        foreign.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Error_OfAnAllowedPage_CanBeReadByIt()
    {
        await using var server = await GuardedServer.OpenAsync();

        using var response = await server.SendAsync("GET", "/api/v1/recognitions/x", ("Origin", "http://localhost:3000"));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Headers.Header("Access-Control-Allow-Origin").ShouldBe("http://localhost:3000");
    }
}
