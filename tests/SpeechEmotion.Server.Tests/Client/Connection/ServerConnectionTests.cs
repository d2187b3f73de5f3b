using System.Net;
using Shouldly;
using SpeechEmotion.Client;
using SpeechEmotion.Client.Errors;
using SpeechEmotion.Client.Options;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Client.Connection;

/// <summary>How a client repeats requests, with a server that fails as asked.</summary>
public sealed class ServerConnectionTests
{
    private const string NoTimeline = """
        {"channels":[],"summary":{"speech":0,"silence":1,"dominant":null,"shares":null},"segments":[],"transitions":[]}
        """;

    private readonly SwiftTime _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_ServerUnreachable_RepeatsAfterGrowingPauses()
    {
        var fails = 7;
        using var handler = new FakeHandler(_ => fails-- > 0 ? throw new HttpRequestException("refused") : FakeHandler.Json(NoTimeline));
        using var client = ClientOf(handler);

        await client.GetTimelineAsync("a", Ct);

        handler.Requests.Length.ShouldBe(8);
        double[] longest = [0.5, 1, 2, 4, 8, 15, 15];
        _time.Pauses.Length.ShouldBe(longest.Length);
        foreach (var (pause, seconds) in _time.Pauses.Zip(longest))
            pause.TotalSeconds.ShouldBeInRange(seconds * 0.799, seconds);
    }

    [Fact]
    public async Task Send_ServerStaysAway_ThrowsWhenPatienceEnds()
    {
        using var handler = new FakeHandler(_ => throw new HttpRequestException("refused"));
        using var client = ClientOf(handler, new() { Patience = TimeSpan.FromSeconds(10), Language = "zh" });

        var error = await Should.ThrowAsync<ServerException>(client.GetTimelineAsync("a", Ct));

        error.Code.ShouldBe("client.unreachable");
        error.Message.ShouldBe("无法连接服务器 http://ser.example/base/：refused");
        error.IsTemporary.ShouldBeTrue();
        error.Status.ShouldBeNull();
        _time.Pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(10));
        handler.Requests.Length.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Send_ServerBusy_WaitsAsLongAsItAsks()
    {
        var busy = true;
        using var handler = new FakeHandler(_ => Interlocked.Exchange(ref busy, false)
            ? FakeHandler.Problem(HttpStatusCode.TooManyRequests, "queue.full", retryAfter: 5)
            : FakeHandler.Json(NoTimeline));
        using var client = ClientOf(handler);

        await client.GetTimelineAsync("a", Ct);

        _time.Pauses.ShouldBe([TimeSpan.FromSeconds(5)]);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "model.not_found")]
    [InlineData(HttpStatusCode.NotFound, "recognition.not_found")]
    [InlineData(HttpStatusCode.InternalServerError, "server.unexpected")]
    public async Task Send_RefusedForGood_ThrowsAtOnce(HttpStatusCode status, string code)
    {
        using var handler = new FakeHandler(_ => FakeHandler.Problem(status, code));
        using var client = ClientOf(handler);

        var error = await Should.ThrowAsync<ServerException>(client.GetTimelineAsync("a", Ct));

        (error.Code, error.Message, error.Status, error.IsTemporary).ShouldBe((code, "It is so.", status, false));
        handler.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Send_UnknownHost_ThrowsAtOnce()
    {
        using var handler = new FakeHandler(_ => throw new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"));
        using var client = ClientOf(handler);

        var error = await Should.ThrowAsync<ServerException>(client.GetTimelineAsync("a", Ct));

        error.IsTemporary.ShouldBeFalse();
        handler.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Send_ProxyWithoutServer_Repeats()
    {
        var down = true;
        using var handler = new FakeHandler(_ => Interlocked.Exchange(ref down, false)
            ? new(HttpStatusCode.BadGateway) { Content = new StringContent("<html>") }
            : FakeHandler.Json(NoTimeline));
        using var client = ClientOf(handler);

        await client.GetTimelineAsync("a", Ct);

        handler.Requests.ShouldBe(["GET /base/api/v1/recognitions/a/timeline", "GET /base/api/v1/recognitions/a/timeline"]);
    }

    [Fact]
    public async Task Send_AnotherProgramAnswers_ThrowsBadAnswer()
    {
        using var handler = new FakeHandler(_ => FakeHandler.Json("""{"hello":"world"}"""));
        using var client = ClientOf(handler);

        var error = await Should.ThrowAsync<ServerException>(client.GetTimelineAsync("a", Ct));

        error.Code.ShouldBe("client.bad_answer");
        error.Message.ShouldContain("http://ser.example/base/api/v1/recognitions/a/timeline");
    }

    [Fact]
    public async Task Delete_AnswerLost_TakesNotFoundForSuccess()
    {
        var lost = true;
        using var handler = new FakeHandler(_ => Interlocked.Exchange(ref lost, false)
            ? throw new HttpRequestException("reset")
            : FakeHandler.Problem(HttpStatusCode.NotFound, "recognition.not_found"));
        using var client = ClientOf(handler);

        await client.DeleteAsync("a", Ct);

        handler.Requests.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Start_Repeated_HasTheSameKey()
    {
        var fails = 2;
        using var handler = new FakeHandler(_ => fails-- > 0
            ? throw new HttpRequestException("reset") : FakeHandler.Problem(HttpStatusCode.BadRequest, "request.invalid"));
        using var client = ClientOf(handler);
        using var recording = new MemoryStream([1, 2, 3]);

        await Should.ThrowAsync<ServerException>(client.StartAsync(
            recording, "a b.wav", webhook: new("https://hooks.example/ser"), ct: Ct));

        handler.Requests[0].ShouldBe("POST /base/api/v1/recognitions?name=a%20b.wav&webhook=https%3A%2F%2Fhooks.example%2Fser");
        handler.Header("Idempotency-Key").Distinct().ShouldHaveSingleItem().ShouldNotBeNullOrEmpty();
        handler.Header("Idempotency-Key").Length.ShouldBe(3);
    }

    private SpeechEmotionClient ClientOf(FakeHandler handler, ClientOptions? options = null) => new(
        new HttpClient(handler, disposeHandler: false) { BaseAddress = new("http://ser.example/base") },
        (options ?? new()) with { Time = _time });
}
