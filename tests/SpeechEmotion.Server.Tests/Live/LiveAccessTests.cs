using System.Net;
using System.Net.WebSockets;
using Shouldly;
using SpeechEmotion.Server.Tests.Access;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Live;

/// <summary>Access to live streams.</summary>
public sealed class LiveAccessTests
{
    private const string Path = "/api/v1/live";

    private static readonly (string, string)[] Handshake =
    [
        ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];

    [Fact]
    public async Task Connect_LoginRequired_NeedsValidCredentials()
    {
        await using var server = await GuardedServer.StartAsync();
        using var login = await server.LoginAsync(GuardedServer.Form());
        (string, string)[] proofs =
        [
            ("X-API-Key", GuardedServer.Key), ("Authorization", $"Bearer {GuardedServer.Key}"), GuardedServer.Basic(), login.Cookie(),
        ];

        using var denied = await server.SendAsync("GET", Path, Handshake);

        denied.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await denied.CodeAsync()).ShouldBe("access.denied");
        foreach (var proof in proofs)
            (await LiveClient.ConnectAsync(server, proof)).Dispose();
    }

    [Fact]
    public async Task Page_OfAnotherSite_IsRefused()
    {
        await using var server = await GuardedServer.OpenAsync();
        await using var guarded = await GuardedServer.StartAsync();
        using var login = await guarded.LoginAsync(GuardedServer.Form());

        using var foreign = await server.SendAsync("GET", Path, [.. Handshake, ("Origin", "https://evil.example")]);
        using var lent = await guarded.SendAsync("GET", Path, [.. Handshake, ("Origin", "https://evil.example"), login.Cookie()]);

        (await foreign.CodeAsync()).ShouldBe("access.origin");
        (await lent.CodeAsync()).ShouldBe("access.origin");
        (await LiveClient.ConnectAsync(server, ("Origin", server.Url))).Dispose();
        (await LiveClient.ConnectAsync(guarded, ("Origin", guarded.Url), login.Cookie())).Dispose();
    }

    [Fact]
    public async Task Get_NoWebSocket_Is426()
    {
        await using var server = await GuardedServer.OpenAsync();

        using var response = await server.SendAsync("GET", Path, ("Accept-Language", "zh"));

        response.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
        response.Headers.Header("Upgrade").ShouldBe("websocket");
        var problem = await response.JsonAsync();
        problem.GetProperty("code").GetString().ShouldBe("live.not_websocket");
        problem.GetProperty("detail").GetString()!.ShouldMatch("[\u4e00-\u9fff]");
    }

    [Fact]
    public async Task Connect_OneTooMany_IsRefusedUntilAnotherDisconnects()
    {
        await using var server = await GuardedServer.OpenAsync(("LiveStreams", "1"));
        var first = await LiveClient.ConnectAsync(server);

        using var second = await server.SendAsync("GET", Path, Handshake);
        using var asked = await server.SendAsync("GET", Path);
        first.Break();

        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await second.CodeAsync()).ShouldBe("live.too_many");
        second.Headers.RetryAfter.ShouldNotBeNull();
        (await asked.CodeAsync()).ShouldBe("live.too_many");
        await Until.AsyncTrue(async () =>
        {
            try
            {
                (await LiveClient.ConnectAsync(server)).Dispose();
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task Stream_WithRateLimit_CountsOnce()
    {
        await using var server = await GuardedServer.OpenAsync(("RateLimit", "1"));
        using var client = await LiveClient.StartAsync(server);

        using var second = await server.SendAsync("GET", Path, Handshake);

        (await second.CodeAsync()).ShouldBe("request.too_many");
        await client.SendAsync(new short[8000]);
        await client.SendAsync(LiveClient.End);
        (await client.RestAsync())[^1].Type().ShouldBe("summary");
    }

    [Fact]
    public async Task Stream_OverHttp2_IsProcessed()
    {
        await using var server = await RunningServer.StartAsync([("Https", "true")]);
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var invoker = new HttpMessageInvoker(handler);
        using var client = await LiveClient.ConnectOverHttp2Async(server, invoker);
        await client.SendAsync(LiveClient.Start);
        var rest = client.RestAsync();

        await client.SendAsync(Recordings.Talk(6), () => 32_000);
        await client.SendAsync(LiveClient.End);

        (await rest)[^1].Type().ShouldBe("summary");
        (await rest).Of("segment").ShouldNotBeEmpty();
        client.CloseStatus.ShouldBe(1000);
    }
}
