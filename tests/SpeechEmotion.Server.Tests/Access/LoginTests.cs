using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>Only a valid password or key grants access.</summary>
public sealed class LoginTests
{
    private const string Guarded = "/api/v1/recognitions";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Login_EitherBody_GivesTwoCookiesThatEachGrantAccess(bool multipart)
    {
        await using var server = await GuardedServer.StartAsync();
        using HttpContent form = multipart ? MultipartForm() : GuardedServer.Form();

        using var login = await server.LoginAsync(form);

        (await login.TextAsync()).ShouldBe("""{"success":true}""");
        var cookies = login.SetCookies();
        cookies.Length.ShouldBe(2);
        cookies[0].ShouldMatch("^access-token-[0-9a-f]+=[0-9a-f]{64};.*samesite=none.*httponly");
        cookies[0].ShouldContain("secure;");
        cookies[1].ShouldMatch("^access-token-unsecure-[0-9a-f]+=[0-9a-f]{64};.*httponly");
        cookies[1].ShouldNotContain("secure;");
        foreach (var plain in new[] { true, false })
        {
            var cookie = login.Cookie(name => name.Contains("unsecure", StringComparison.Ordinal) == plain);
            (await StatusAsync(server, cookie)).ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Login_WithKey_IsTheApiKeyUser()
    {
        await using var server = await GuardedServer.StartAsync();
        using var form = new FormUrlEncodedContent([new("api_key", GuardedServer.Key)]);

        using var login = await server.LoginAsync(form);
        using var session = await server.SendAsync("GET", "/api/v1/session", login.Cookie());

        (await session.JsonAsync()).GetProperty("user").GetString().ShouldBe("api_key");
        (await StatusAsync(server, login.Cookie())).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("ann", "")]
    [InlineData("ann", "s3cret")]
    [InlineData("Ann", GuardedServer.Password)]
    [InlineData("", GuardedServer.Password)]
    [InlineData("ann", GuardedServer.Key)]
    public async Task Login_Wrong_IsRefusedWithTheMessageOfGradio(string user, string password)
    {
        await using var server = await GuardedServer.StartAsync();
        using var form = GuardedServer.Form(user, password);

        using var login = await server.LoginAsync(form);

        login.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await login.TextAsync()).ShouldBe("""{"detail":"Invalid credentials."}""");
        login.SetCookies().ShouldBeEmpty();
    }

    [Fact]
    public async Task Login_NoFormOrTooLarge_IsRefused()
    {
        await using var server = await GuardedServer.StartAsync();
        using var json = new StringContent("{}", null, "application/json");
        using var large = GuardedServer.Form(password: new('x', 100_000));

        using var notForm = await server.LoginAsync(json);
        using var tooLarge = await server.LoginAsync(large);

        notForm.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await notForm.CodeAsync()).ShouldBe("request.invalid");
        tooLarge.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Header_ValidCredentials_GrantAccess()
    {
        await using var server = await GuardedServer.StartAsync();

        (await StatusAsync(server, GuardedServer.Basic())).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, ("Authorization", $"Bearer {GuardedServer.Key}"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, ("authorization", $"bearer {GuardedServer.Key}"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, ("X-API-Key", GuardedServer.Key))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("X-API-Key", "k-012345678")]
    [InlineData("X-API-Key", "")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "Bearer k-012345678")]
    [InlineData("Authorization", "Basic !!!")]
    [InlineData("Authorization", "Basic YW5u")]
    [InlineData("Authorization", "Basic YW5uOg==")]
    [InlineData("Authorization", "Digest k-0123456789")]
    [InlineData("Cookie", "access-token-0123=00")]
    public async Task Header_WrongCredentials_AreRefused(string name, string value)
    {
        await using var server = await GuardedServer.StartAsync();

        (await StatusAsync(server, (name, value))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("POST", HttpStatusCode.NoContent)]
    [InlineData("GET", HttpStatusCode.Found)]
    public async Task Logout_LoggedIn_EndsTheLoginAndDeletesTheCookies(string method, HttpStatusCode status)
    {
        await using var server = await GuardedServer.StartAsync();
        using var form = GuardedServer.Form();
        using var login = await server.LoginAsync(form);

        using var logout = await server.SendAsync(method, "/logout", login.Cookie());

        logout.StatusCode.ShouldBe(status);
        logout.SetCookies().ShouldAllBe(cookie => cookie.Contains("=; expires=", StringComparison.Ordinal));
        (await StatusAsync(server, login.Cookie())).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_WithAndWithoutLogin_ReportsMethodsAndUser()
    {
        await using var guarded = await GuardedServer.StartAsync();
        await using var open = await GuardedServer.OpenAsync();

        using var anonymous = await guarded.SendAsync("GET", "/api/v1/session");
        using var ann = await guarded.SendAsync("GET", "/api/v1/session", GuardedServer.Basic());
        using var all = await open.SendAsync("GET", "/api/v1/session");

        (await anonymous.TextAsync()).ShouldBe("""{"required":true,"methods":["password","api_key"],"user":null}""");
        (await ann.JsonAsync()).GetProperty("user").GetString().ShouldBe("ann");
        (await all.TextAsync()).ShouldBe("""{"required":false,"methods":[],"user":null}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/gradio_api")]
    public async Task GradioExtras_LoggedIn_ReportTheUser(string prefix)
    {
        await using var server = await GuardedServer.StartAsync();
        using var form = GuardedServer.Form();
        using var login = await server.LoginAsync(form);

        using var user = await server.SendAsync("GET", $"{prefix}/user", login.Cookie());
        using var check = await server.SendAsync("GET", $"{prefix}/login_check", login.Cookie());
        using var stranger = await server.SendAsync("GET", $"{prefix}/login_check");
        using var token = await server.SendAsync("GET", $"{prefix}/token", login.Cookie());
        using var none = await server.SendAsync("GET", $"{prefix}/user");

        (await user.TextAsync()).ShouldBe("\"ann\"");
        check.StatusCode.ShouldBe(HttpStatusCode.OK);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await token.JsonAsync()).GetProperty("user").GetString().ShouldBe("ann");
        login.Cookie().Value.ShouldContain((await token.JsonAsync()).GetProperty("token").GetString()!);
        (await none.TextAsync()).ShouldBe("null");
    }

    [Fact]
    public async Task Guessing_ManyTimes_IsThrottledWhileValidCredentialsPass()
    {
        await using var server = await GuardedServer.StartAsync();
        using var right = GuardedServer.Form();
        using var login = await server.LoginAsync(right);
        for (var i = 0; i < 5; i++)
        {
            using var wrong = GuardedServer.Form(password: $"guess {i}");
            (await server.LoginAsync(wrong)).Dispose();
            await StatusAsync(server, ("X-API-Key", $"guess {i}"));
        }

        using var another = GuardedServer.Form(password: "another guess");
        using var throttled = await server.LoginAsync(another);
        var guess = await StatusAsync(server, ("X-API-Key", "another guess"));
        using var again = GuardedServer.Form();
        using var second = await server.LoginAsync(again);
        var key = await StatusAsync(server, ("X-API-Key", GuardedServer.Key));
        var basic = await StatusAsync(server, GuardedServer.Basic());
        var cookie = await StatusAsync(server, login.Cookie());
        using var health = await server.SendAsync("GET", "/health/live", ("X-API-Key", "any"));

        throttled.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await throttled.CodeAsync()).ShouldBe("access.too_many_tries");
        throttled.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        guess.ShouldBe(HttpStatusCode.TooManyRequests);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        key.ShouldBe(HttpStatusCode.OK);
        basic.ShouldBe(HttpStatusCode.OK);
        cookie.ShouldBe(HttpStatusCode.OK);
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guessing_FromAnExhaustedAddress_IsNotChecked()
    {
        // While the clock stands still, the throttle does not recover.
        await using var server = await RunningServer.StartAsync(
            [("ApiKey:0", GuardedServer.Key), ("ApiKey:1", "k-never-seen-before")], () => new SlowModel(),
            configure: services => services.AddSingleton<TimeProvider>(new ManualTime()));
        (await StatusAsync(server, ("X-API-Key", GuardedServer.Key))).ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 50; i++)
            await StatusAsync(server, ("X-API-Key", $"guess {i}"));

        (await StatusAsync(server, ("X-API-Key", GuardedServer.Key))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, ("X-API-Key", "k-never-seen-before"))).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Guessing_ThroughAProxy_WarnsOnceIfUntrusted(bool trusted, bool warns)
    {
        await using var server = await GuardedServer.StartAsync(trusted ? [("TrustedProxy:0", "127.0.0.1")] : []);
        for (var i = 0; i < 15; i++)
            (await server.SendAsync("GET", Guarded, ("X-API-Key", $"guess {i}"), ("X-Forwarded-For", "198.51.100.7"))).Dispose();

        var log = await ServerLogText.ReadAsync(server);

        log.Split("--trusted-proxy 127.0.0.1").Length.ShouldBe(warns ? 2 : 1);
        var other = await server.SendAsync("GET", Guarded, ("X-API-Key", "guess"), ("X-Forwarded-For", "198.51.100.8"));
        other.StatusCode.ShouldBe(trusted ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Response_BehindALogin_IsNotForSharedCaches()
    {
        await using var server = await GuardedServer.StartAsync();

        using var response = await server.SendAsync("GET", Guarded, ("X-API-Key", GuardedServer.Key));

        response.Headers.CacheControl!.Private.ShouldBeTrue();
    }

    [Fact]
    public async Task Cookies_OfTwoServers_HaveDifferentNames()
    {
        await using var first = await GuardedServer.StartAsync();
        await using var second = await GuardedServer.StartAsync();
        using var form = GuardedServer.Form();
        using var same = GuardedServer.Form();

        using var one = await first.LoginAsync(form);
        using var two = await second.LoginAsync(same);

        one.SetCookies()[0].Split('=')[0].ShouldNotBe(two.SetCookies()[0].Split('=')[0]);
        (await StatusAsync(second, one.Cookie())).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static MultipartFormDataContent MultipartForm() => new()
    {
        { new StringContent(GuardedServer.User), "username" },
        { new StringContent(GuardedServer.Password), "password" },
    };

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, (string, string) header)
    {
        using var response = await server.SendAsync("GET", Guarded, header);
        return response.StatusCode;
    }
}
