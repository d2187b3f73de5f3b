using System.Net;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Monitoring;

public sealed class HealthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Get_AllWorks_IsHealthy()
    {
        await using var server = await (await RunningServer.StartAsync([("Auth:0", "user:password")])).ReadyAsync();

        // Probes have no password.
        using var health = await server.GetAsync("/health");

        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        var found = await health.JsonAsync();
        (found.Text("state"), found.Text("model")).ShouldBe(("healthy", "ready"));
        FailuresOf(found).ShouldBe([("database", null), ("files", null)]);
    }

    [Fact]
    public async Task Get_BrokerDoesNotAnswer_NamesItAndTheServerStaysReady()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var server = await (await RunningServer.StartAsync(
            [("Database", database), ("Broker", "amqp://user:secret@127.0.0.1:1/host")], output: _folder.Path)).ReadyAsync();

        using var health = await server.GetAsync("/health");
        using var ready = await server.GetAsync("/health/ready");

        (health.StatusCode, ready.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        var text = await health.TextAsync();
        text.ShouldNotContain("secret");
        var found = JsonElement.Parse(text);
        found.Text("state").ShouldBe("degraded");
        FailuresOf(found).ShouldBe([("database", null), ("files", null), ("broker", "broker.unreachable")]);
    }

    [Fact]
    public async Task Get_SharedFolderIsGone_NamesIt()
    {
        var files = Directory.CreateDirectory(_folder.File("files")).FullName;
        var database = await SharedPostgres.CreateAsync();
        await using var server = await (await RunningServer.StartAsync(
            [("Database", database), ("Files", files)], output: _folder.File("own"))).ReadyAsync();
        Directory.Move(files, files + "-away");

        await Until.AsyncTrue(async () => FailuresOf(await server.JsonAsync("/health")).Contains(("files", "files.not_mounted")));

        Directory.Move(files + "-away", files);
        await Until.AsyncTrue(async () => (await server.JsonAsync("/health")).Text("state") == "healthy");
    }

    public void Dispose() => _folder.Dispose();

    private static (string Part, string? Code)[] FailuresOf(JsonElement health) =>
    [
        .. health.GetProperty("parts").EnumerateArray().Select(part => (part.Text("part"), part.GetProperty("code").GetString())),
    ];
}
