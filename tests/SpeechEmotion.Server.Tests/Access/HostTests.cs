using System.Net;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>The server accepts only its own host names, whatever name resolves to its address.</summary>
public sealed class HostTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:7860", true)]
    [InlineData("127.0.0.1:80", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("[::1]:7860", true)]
    [InlineData("ser.example.com", true)]
    [InlineData("SER.example.com:8443", true)]
    [InlineData("[2001:db8::5]:7860", true)]
    [InlineData("evil.example.com", false)]
    [InlineData("localhost.example.com", false)]
    [InlineData("127.0.0.1.example.com", false)]
    [InlineData("xser.example.com", false)]
    [InlineData("192.168.1.5:7860", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("[::2]", false)]
    public async Task Host_OnLoopback_IsLoopbackOrAllowed(string host, bool answered)
    {
        await using var server = await GuardedServer.OpenAsync(("AllowHost:0", "ser.example.com"), ("AllowHost:1", "2001:db8::5"));

        foreach (var path in new[] { "/", "/api/v1/session", "/config", "/health/live", "/metrics" })
        {
            using var response = await server.SendAsync("GET", path, ("Host", host));
            (response.StatusCode != HttpStatusCode.Forbidden).ShouldBe(answered, path);
            if (!answered)
                (await response.CodeAsync()).ShouldBe("access.host");
        }
    }

    [Theory]
    [InlineData("ser.example.com", true)]
    [InlineData("localhost:7860", true)]
    [InlineData("192.168.1.5:7860", true)]
    [InlineData("[2001:db8::5]", true)]
    [InlineData("evil.example.com", false)]
    [InlineData("ser", false)]
    [InlineData("host.docker.internal:7860", false)]
    [InlineData("192.168.1.5.example.com", false)]
    [InlineData("localhost.example.com", false)]
    public async Task Host_OnAllAddressesWithoutPassword_IsAnAddressOrKnown(string host, bool answered)
    {
        await using var server = await GuardedServer.OpenAsync(("Host", "0.0.0.0"), ("AllowHost:0", "ser.example.com"));

        foreach (var path in new[] { "/", "/api/v1/session", "/config" })
        {
            using var response = await server.SendAsync("GET", path, ("Host", host));
            (response.StatusCode != HttpStatusCode.Forbidden).ShouldBe(answered, path);
            if (answered)
                continue;
            var problem = await response.JsonAsync();
            problem.GetProperty("code").GetString().ShouldBe("access.host");
            problem.GetProperty("detail").GetString()!.ShouldContain($"--allow-host {host.Split(':')[0]}");
        }
    }

    [Fact]
    public async Task Host_OfThisMachine_IsKnown()
    {
        await using var server = await GuardedServer.OpenAsync(("Host", "0.0.0.0"));

        foreach (var host in new[] { Dns.GetHostName(), $"{Dns.GetHostName().ToUpperInvariant()}:7860", $"{Dns.GetHostName()}.local" })
        {
            using var response = await server.SendAsync("GET", "/api/v1/session", ("Host", host));
            response.StatusCode.ShouldBe(HttpStatusCode.OK, host);
        }
    }

    [Fact]
    public async Task Host_OnAllAddressesWithPassword_IsAny()
    {
        await using var server = await GuardedServer.StartAsync(("Host", "0.0.0.0"));

        using var response = await server.SendAsync("GET", "/api/v1/session", ("Host", "ser.example.com"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ForwardedHost_FromAnUntrustedProxy_IsIgnored()
    {
        await using var server = await GuardedServer.OpenAsync();

        using var own = await server.SendAsync("GET", "/api/v1/session", ("X-Forwarded-Host", "evil.example.com"));
        using var foreign = await server.SendAsync(
            "GET", "/api/v1/session", ("Host", "evil.example.com"), ("X-Forwarded-Host", "localhost"));

        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreign.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("localhost", "ser.example.com", true)]
    [InlineData("ser.example.com", "ser.example.com", true)]
    [InlineData("localhost", "evil.example.com", false)]
    [InlineData("evil.example.com", "localhost", false)]
    public async Task ForwardedHost_FromATrustedProxy_MustBeAllowedLikeHost(string host, string forwarded, bool answered)
    {
        await using var server = await GuardedServer.OpenAsync(("AllowHost:0", "ser.example.com"), ("TrustedProxy:0", "127.0.0.0/8"));

        using var response = await server.SendAsync("GET", "/api/v1/session", ("Host", host), ("X-Forwarded-Host", forwarded));

        (response.StatusCode == HttpStatusCode.OK).ShouldBe(answered);
    }
}
