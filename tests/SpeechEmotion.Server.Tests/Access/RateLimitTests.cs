using System.Net;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>The limit of requests per minute.</summary>
public sealed class RateLimitTests
{
    private const string Limited = "/api/v1/recognitions";

    [Fact]
    public async Task Requests_BeyondTheLimit_AreRejectedWithRetryAfter()
    {
        await using var server = await GuardedServer.OpenAsync(("RateLimit", "3"));
        for (var i = 0; i < 3; i++)
            (await StatusAsync(server, Limited)).ShouldBe(HttpStatusCode.OK);

        using var response = await server.SendAsync("GET", Limited);

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await response.CodeAsync()).ShouldBe("request.too_many");
        response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task Limit_SeveralCallers_AppliesToEachKeyUserAndAddress()
    {
        await using var server = await GuardedServer.StartAsync(
            ("RateLimit", "1"), ("ApiKey:1", "k-another-one"), ("TrustedProxy:0", "127.0.0.1"));
        (string, string)[] callers =
        [
            ("X-API-Key", GuardedServer.Key), ("X-API-Key", "k-another-one"), GuardedServer.Basic(), ("X-Forwarded-For", "198.51.100.7"),
            ("X-Forwarded-For", "198.51.100.8"),
        ];

        foreach (var caller in callers)
        {
            (await StatusAsync(server, Limited, caller)).ShouldNotBe(HttpStatusCode.TooManyRequests, caller.ToString());
            (await StatusAsync(server, Limited, caller)).ShouldBe(HttpStatusCode.TooManyRequests, caller.ToString());
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/assets/a.js")]
    [InlineData("/health/live")]
    [InlineData("/gradio_api/heartbeat/x")]
    [InlineData("/queue/data?session_hash=x")]
    [InlineData("/api/v1/recognitions/x/events")]
    [InlineData("/call/predict/x")]
    public async Task Request_ForPageHealthOrStream_DoesNotCount(string path)
    {
        await using var server = await GuardedServer.OpenAsync(("RateLimit", "1"));
        (await StatusAsync(server, Limited)).ShouldBe(HttpStatusCode.OK);

        for (var i = 0; i < 3; i++)
            (await StatusAsync(server, path)).ShouldNotBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("POST", "/call/predict")]
    [InlineData("POST", "/api/v1/recognitions/x/events")]
    [InlineData("POST", "/login")]
    public async Task Request_SimilarToThose_Counts(string method, string path)
    {
        await using var server = await GuardedServer.OpenAsync(("RateLimit", "1"));
        (await StatusAsync(server, Limited)).ShouldBe(HttpStatusCode.OK);

        using var response = await server.SendAsync(method, path);

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string path, params (string, string)[] headers)
    {
        using var response = await server.SendAsync("GET", path, headers);
        return response.StatusCode;
    }
}
