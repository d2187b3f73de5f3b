using System.Net;
using System.Net.Sockets;
using Shouldly;
using SpeechEmotion.Server.Tests.Live;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>The number of open requests is limited, and requests without login leave room for logged-in clients.</summary>
public sealed class RequestLimitTests
{
    private const string List = "/api/v1/recognitions";

    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Heartbeats_HundredsWithoutLogin_DoNotAffectLoggedInClients()
    {
        await using var server = await GuardedServer.StartAsync();
        using var client = new HttpClient { BaseAddress = new(server.Url) };

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 400; i++)
            answers.Add(await client.GetAsync(new Uri($"/heartbeat/{i}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Ct));
        using var form = GuardedServer.Form();
        using var login = await server.LoginAsync(form);
        using var page = await server.SendAsync("GET", "/");
        using var list = await server.SendAsync("GET", List, login.Cookie());
        using var heartbeat = await server.SendAsync("GET", "/heartbeat/mine", login.Cookie());

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(256);
        answers[^1].StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await answers[^1].CodeAsync()).ShouldBe("access.too_many_open");
        answers[^1].Headers.RetryAfter.ShouldNotBeNull();
        login.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        list.StatusCode.ShouldBe(HttpStatusCode.OK);
        heartbeat.StatusCode.ShouldBe(HttpStatusCode.OK);
        answers.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task Heartbeats_FromManyAddresses_LeaveHalfToLoggedInClients()
    {
        await using var server = await GuardedServer.StartAsync(("MaxConnections", "8"), ("TrustedProxy:0", "127.0.0.1"));

        var strangers = await OpenAsync(server, 5, i => [("X-Forwarded-For", $"198.51.100.{i}")]);
        var known = await OpenAsync(server, 5, _ => [("X-API-Key", GuardedServer.Key)]);

        strangers.Select(answer => answer.StatusCode).ShouldBe(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
        (await strangers[^1].CodeAsync()).ShouldBe("server.busy");
        known.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(4);
        Close(strangers);
        Close(known);
    }

    [Fact]
    public async Task Limit_PerForwardedAddress_EndsWithTheRequests()
    {
        await using var server = await GuardedServer.OpenAsync(("MaxConnectionsPerAddress", "2"), ("TrustedProxy:0", "127.0.0.1"));

        var first = await OpenAsync(server, 3, _ => [("X-Forwarded-For", "198.51.100.7")]);
        var other = await OpenAsync(server, 1, _ => [("X-Forwarded-For", "198.51.100.8")]);
        first.Select(answer => answer.StatusCode).ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
        other[0].StatusCode.ShouldBe(HttpStatusCode.OK);

        Close(first);

        await Until.AsyncTrue(async () =>
        {
            using var again = await server.SendAsync("GET", List, ("X-Forwarded-For", "198.51.100.7"));
            return again.StatusCode == HttpStatusCode.OK;
        });
        Close(other);
    }

    [Fact]
    public async Task LiveStream_Open_CountsAsARequest()
    {
        await using var server = await RunningServer.StartAsync([("MaxConnectionsPerAddress", "1")]);
        await server.ReadyAsync();
        using var live = await LiveClient.StartAsync(server);

        using var list = await server.SendAsync("GET", List);
        using var health = await server.SendAsync("GET", "/health/live");

        list.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Connections_IdleFromOneAddress_LeaveSomeToOthers()
    {
        await using var server = await GuardedServer.OpenAsync(("MaxConnections", "4"));
        var port = new Uri(server.Url).Port;
        var idle = new List<TcpClient>();
        for (var i = 0; i < 8; i++)
        {
            idle.Add(new TcpClient());
            try
            {
                await idle[^1].ConnectAsync(IPAddress.Loopback, port, Ct);
            }
            catch (SocketException)
            {
                // The server may close the connection before the client has seen it open.
            }
        }

        var broken = 0;
        foreach (var client in idle.Skip(4))
            broken += await IsBrokenAsync(client) ? 1 : 0;

        broken.ShouldBe(4);
        idle.ForEach(client => client.Dispose());
        await Until.AsyncTrue(async () =>
        {
            try
            {
                using var again = await server.SendAsync("GET", List);
                return again.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    private static async Task<HttpResponseMessage[]> OpenAsync(RunningServer server, int count, Func<int, (string, string)[]> headers)
    {
        var answers = new HttpResponseMessage[count];
        for (var i = 0; i < count; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/heartbeat/{Guid.NewGuid():N}");
            foreach (var (name, value) in headers(i))
                request.Headers.TryAddWithoutValidation(name, value);
            answers[i] = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        }
        return answers;
    }

    private static void Close(HttpResponseMessage[] answers)
    {
        foreach (var answer in answers)
            answer.Dispose();
    }

    private static async Task<bool> IsBrokenAsync(TcpClient client)
    {
        if (!client.Connected)
            return true;
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], Ct) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
