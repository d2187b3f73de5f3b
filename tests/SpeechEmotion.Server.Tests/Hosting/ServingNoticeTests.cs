using Shouldly;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Tests.Access;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Hosting;

/// <summary>The log lists the addresses of the server and warns if anyone may use it.</summary>
public sealed class ServingNoticeTests
{
    private const string Warning = "requires no password";

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", true)]
    public async Task Start_WithoutPassword_WarnsIfOthersCanConnect(string host, bool warns)
    {
        await using var server = await GuardedServer.OpenAsync(("Host", host));

        var log = await ServerLogText.ReadAsync(server);

        log.Contains(Warning, StringComparison.Ordinal).ShouldBe(warns);
    }

    [Fact]
    public async Task Start_WithPassword_DoesNotWarn()
    {
        await using var server = await GuardedServer.StartAsync(("Host", "0.0.0.0"));

        (await ServerLogText.ReadAsync(server)).ShouldNotContain(Warning);
    }

    [Fact]
    public async Task Start_OnAllAddresses_ListsEach()
    {
        await using var server = await GuardedServer.StartAsync(("Host", "0.0.0.0"));
        var port = new Uri(server.Url).Port;

        var log = await ServerLogText.ReadAsync(server);

        log.ShouldContain($"serves http://localhost:{port}");
        var addresses = MachineAddresses.All()
            .Where(address => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork);
        foreach (var address in addresses)
            log.ShouldContain($" http://{address}:{port}");
    }
}
