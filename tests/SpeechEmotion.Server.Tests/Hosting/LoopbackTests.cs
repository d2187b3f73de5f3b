using System.Net;
using System.Net.Sockets;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Hosting;

/// <summary>A server on localhost answers on both loopback addresses, because clients use either.</summary>
public sealed class LoopbackTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", false)]
    public async Task Localhost_OverIPv6_AnswersUnlessTheHostIsIPv4(string? host, bool both)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        var port = FreePort();
        (string, string)[] settings = [("Port", $"{port}"), .. host is null ? Array.Empty<(string, string)>() : [("Host", host)]];
        await using var server = await RunningServer.StartAsync(settings, () => new SlowModel());

        (await AnswersAsync($"http://127.0.0.1:{port}")).ShouldBeTrue();
        (await AnswersAsync($"http://localhost:{port}")).ShouldBeTrue();
        (await AnswersAsync($"http://[::1]:{port}")).ShouldBe(both);
        (await ServerLogText.ReadAsync(server)).ShouldContain($"serves http://localhost:{port} ");
    }

    private static async Task<bool> AnswersAsync(string url)
    {
        using var client = new HttpClient();
        try
        {
            return (await client.GetAsync($"{url}/health/live", TestContext.Current.CancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
