using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>The logins of servers that share a database.</summary>
public sealed class SharedLoginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Login_OnOneServer_IsAcceptedByTheOtherUntilTheLogout()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first");
        await using var second = await ServeAsync(database, "second");
        using var login = await first.LoginAsync(Form());

        (await StatusAsync(second, login.Cookie())).ShouldBe(HttpStatusCode.OK);
        using var logout = await first.SendAsync("POST", "/logout", login.Cookie());

        await Until.AsyncTrue(async () => await StatusAsync(second, login.Cookie()) == HttpStatusCode.Unauthorized);
        (await StatusAsync(first, login.Cookie())).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Login_AfterARestart_LastsUntilThePasswordChanges()
    {
        var database = await SharedPostgres.CreateAsync();
        (string Name, string Value) cookie;
        await using (var first = await ServeAsync(database, "first"))
        {
            using var login = await first.LoginAsync(Form());
            cookie = login.Cookie();
        }

        await using (var again = await ServeAsync(database, "first"))
            (await StatusAsync(again, cookie)).ShouldBe(HttpStatusCode.OK);
        await using var changed = await ServeAsync(database, "first", "ann:secret-2");
        (await StatusAsync(changed, cookie)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Limits_OverBothServers_AreThoseOfOne()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first", settings: ("RateLimit", "20"));
        await using var second = await ServeAsync(database, "second", settings: ("RateLimit", "20"));
        var key = ("Authorization", "Basic " + Convert.ToBase64String("ann:secret-1"u8.ToArray()));

        // A server posts what it has counted with its next request, at most once a second.
        for (var i = 0; i < 15; i++)
            await StatusAsync(first, key);
        await Until.AsyncTrue(async () =>
        {
            await StatusAsync(first, key);
            return await StatusAsync(second, key) == HttpStatusCode.TooManyRequests;
        });

        for (var i = 0; i < 10; i++)
            await StatusAsync(second, ("X-API-Key", $"wrong-{i}"));
        await Until.AsyncTrue(async () => await StatusAsync(first, ("X-API-Key", "wrong-again")) == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Guess_RepeatedOnBothServers_CountsOnce()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first");
        await using var second = await ServeAsync(database, "second");

        // Nine programs with old keys: fewer guesses than the limit, although each server receives all of them.
        for (var i = 0; i < 9; i++)
        {
            (await StatusAsync(first, ("X-API-Key", $"old-{i}"))).ShouldBe(HttpStatusCode.Unauthorized);
            (await StatusAsync(second, ("X-API-Key", $"old-{i}"))).ShouldBe(HttpStatusCode.Unauthorized);
        }

        // The tenth one reaches the second server, and with it the limit.
        (await StatusAsync(first, ("X-API-Key", "old-9"))).ShouldBe(HttpStatusCode.TooManyRequests);
        await Until.AsyncTrue(async () => await StatusAsync(second, ("X-API-Key", "old-0")) == HttpStatusCode.TooManyRequests);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, (string, string) cookie)
    {
        using var response = await server.SendAsync("GET", "/api/v1/recognitions", cookie);
        return response.StatusCode;
    }

    private static FormUrlEncodedContent Form() => new(new Dictionary<string, string> { ["username"] = "ann", ["password"] = "secret-1" });

    private Task<RunningServer> ServeAsync(
        string database, string name, string user = "ann:secret-1", params (string Key, string Value)[] settings) =>
        RunningServer.StartAsync(
            [("Database", database), ("Files", _folder.File("files")), ("Auth:0", user), .. settings], output: _folder.File(name),
            // Guesses expire after six seconds, which the requests of a test may take on a busy machine.
            configure: services => services.AddSingleton(new LoginThrottle(new ManualTime())));
}
