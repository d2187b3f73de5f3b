using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Hosting;

/// <summary>The program reports why it cannot start and what to do about it.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Port_Taken_NamesPortProgramAndFlag()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var run = Run("--port", $"{port}");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain($"Port {port} is in use");
        run.Errors.ShouldContain("--port");
        run.Errors.ShouldContain("[server.port_taken]");
        run.Errors.ShouldContain($"端口 {port} 已被");
        if (OperatingSystem.IsLinux())
            run.Errors.ShouldContain($"(process {Environment.ProcessId})");
        (run.Errors + run.Output).ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("--auth is user:password", "--auth", "user")]
    [InlineData("--auth is user:password", "--auth", "user:")]
    [InlineData("--auth is user:password", "--auth", ":password")]
    [InlineData("--api-key needs at least 8", "--api-key", "short")]
    [InlineData("--api-key needs at least 8", "--api-key", "with spaces")]
    [InlineData("--trusted-proxy proxy.local", "--trusted-proxy", "proxy.local")]
    [InlineData("--allow-host http://a", "--allow-host", "http://a")]
    [InlineData("--allow-origin app.example.com", "--allow-origin", "app.example.com")]
    [InlineData("--allow-origin *", "--allow-origin", "*")]
    [InlineData("--allow-origin https://a/b", "--allow-origin", "https://a/b")]
    [InlineData("--base-path //evil", "--base-path", "//evil")]
    [InlineData("--base-path ser", "--base-path", "ser")]
    [InlineData("--base-path /a/../b", "--base-path", "/a/../b")]
    [InlineData("--files needs --database", "--files", "shared")]
    [InlineData("give only one of them", "--https", "--cert", "a.pfx")]
    [InlineData("--port is 0 to 65535", "--port", "70000")]
    [InlineData("--port takes a whole number from 0 to 65535, not abc", "--port", "abc")]
    [InlineData("fp16", "--precision", "fp16")]
    [InlineData("--precision accepts fp32, int8, auto, not 7", "--precision", "7")]
    public void Option_Invalid_IsReportedInBothLanguages(string text, params string[] arguments)
    {
        var run = Run(arguments);

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain(text);
        run.Errors.ShouldContain("[request.invalid]");
        run.Errors.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
        run.Errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("server.cert", "--cert", "/nowhere/cert.pem")]
    [InlineData("server.host", "--host", "203.0.113.7")]
    [InlineData("server.host", "--host", "no.such.host.invalid")]
    public void Start_Impossible_IsReportedWithItsCode(string code, params string[] arguments)
    {
        var run = Run([.. arguments, "--port", "0"]);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain($"[{code}]");
        (run.Errors + run.Output).ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Port_TakenOnOneLoopbackAddress_IsReported(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var other = new TcpListener(IPAddress.Parse(address), 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var run = Run("--port", $"{port}", "--host", "localhost");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain($"Port {port} is in use");
    }

    /// <summary>A misspelled property of the project is ignored, and the server would take a heap for each core.</summary>
    [Fact]
    public async Task RuntimeSettings_OfTheServer_HaveOneHeap()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "ser-server.runtimeconfig.json");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        var settings = JsonElement.Parse(text).GetProperty("runtimeOptions").GetProperty("configProperties");

        settings.GetProperty("System.GC.Server").GetBoolean().ShouldBeFalse();
        settings.GetProperty("System.GC.LOHThreshold").GetInt32().ShouldBe(4_000_000);
    }

    private ProgramRun Run(params string[] arguments) => ProgramRun.Of(new ProcessStartInfo(
        PublishedProgram.Server, ["--output", _folder.File("outputs"), "--model", "compact", .. arguments]));
}
