using System.Net;
using Shouldly;
using SpeechEmotion.Server.Tests.Access;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Models;

/// <summary>Only callers with access can make the server download, switch or remove a model.</summary>
public sealed class ModelAccessTests : IDisposable
{
    private const string Base = "emotion2vec_plus_base";
    private const string Public = "ser.example.com";

    private static readonly (string Name, string Value) Foreign = ("Origin", "https://evil.example.com");

    private readonly ModelHome _home = new();

    public static TheoryData<string, string> Actions => new()
    {
        { "POST", $"/api/v1/models/{Base}/offer" },
        { "POST", $"/api/v1/models/{Base}/download" },
        { "DELETE", $"/api/v1/models/{Base}/download" },
        { "POST", $"/api/v1/models/{Base}/activate" },
        { "DELETE", $"/api/v1/models/{Base}" },
    };

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Action_WithoutLoginOrFromAForeignPage_IsRefusedWithoutEffect(string method, string path)
    {
        var folder = _home.Import(Base);
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        await using var server = await _home.ServeAsync(
            hub, null, ("Auth:0", $"{GuardedServer.User}:{GuardedServer.Password}"), ("ApiKey:0", GuardedServer.Key),
            ("AllowHost:0", Public));
        using var login = await server.LoginAsync(GuardedServer.Form());

        using var anonymous = await server.SendAsync(method, path);
        using var foreign = await server.SendAsync(method, path, login.Cookie(), ("Host", Public), Foreign);
        using var local = await server.SendAsync(method, path, login.Cookie(), Foreign);

        anonymous.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        foreign.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        local.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        hub.Requests.ShouldBe(0);
        Directory.Exists(folder.Directory).ShouldBeTrue();
        (await KeyedAsync(server, "GET", "/api/v1/system")).ShouldContain("\"compact\"");
    }

    [Fact]
    public async Task Action_WithAKey_IsPerformed()
    {
        _home.Import(Base);
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        await using var server = await _home.ServeAsync(hub, null, ("ApiKey:0", GuardedServer.Key));

        (await KeyedAsync(server, "POST", $"/api/v1/models/{Base}/offer")).ShouldContain("free_space");
        (await KeyedAsync(server, "DELETE", $"/api/v1/models/{Base}")).ShouldBeEmpty();

        _home.Store.Find(Base).ShouldBeNull();
    }

    public void Dispose() => _home.Dispose();

    private static async Task<string> KeyedAsync(RunningServer server, string method, string path)
    {
        using var response = await server.SendAsync(method, path, ("X-API-Key", GuardedServer.Key));
        response.IsSuccessStatusCode.ShouldBeTrue($"{response.StatusCode}");
        return await response.TextAsync();
    }
}
