using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Tests.Gradio;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Uploads;

/// <summary>Recordings by URL: refused unless allowed, and then only from public addresses.</summary>
public sealed class UrlFetcherTests
{
    private static readonly (string, string)[] Allowed = [("AllowUrlInput", "true")];

    [Fact]
    public async Task Run_Url_IsRefusedUnlessAllowed()
    {
        await using var server = await RunningServer.StartAsync();

        (await ErrorAsync(server, "http://93.184.216.34/x.wav")).ShouldContain("--allow-url-input");
    }

    [Theory]
    [InlineData("http://127.0.0.1:22/x.wav")]
    [InlineData("http://localhost:22/x.wav")]
    [InlineData("http://[::1]:22/")]
    [InlineData("http://[::ffff:127.0.0.1]:22/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://user:password@93.184.216.34/")]
    public async Task Run_UrlOfThePrivateNetwork_IsRefusedEvenIfAllowed(string url)
    {
        await using var server = await RunningServer.StartAsync(Allowed);

        (await ErrorAsync(server, url)).ShouldContain("public internet");
    }

    [Fact]
    public async Task Run_PublicUrl_IsFetchedAlongItsRedirects()
    {
        await using var site = await SiteAsync();
        await using var server = await StartAsync();

        using var response = await server.PostJsonAsync(
            "/api/predict", new { data = new[] { new { path = $"{site.Urls.First()}/hop/3" } } });

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.JsonAsync()).GetProperty("data")[1].GetProperty("source").GetString().ShouldBe("speech.wav");
    }

    [Theory]
    [InlineData("/hop/4", "redirects")]
    [InlineData("/away", "public internet")]
    [InlineData("/scheme", "public internet")]
    [InlineData("/missing", "status 404")]
    [InlineData("/large", "larger than the limit")]
    public async Task Run_UrlThatLeadsNowhere_FailsReadablyAndLeavesNothing(string address, string text)
    {
        await using var site = await SiteAsync();
        await using var server = await StartAsync();

        (await ErrorAsync(server, site.Urls.First() + address)).ShouldContain(text);

        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Join_PublicUrl_IsFetchedThroughTheQueue()
    {
        await using var site = await SiteAsync();
        await using var server = await StartAsync();

        (await server.CallAsync("/gradio_api", $"{site.Urls.First()}/speech.wav")).ShouldStartWith("event: complete\n");
    }

    /// <summary>Starts a server that takes 127.0.0.1 for a public address, but not 127.0.0.2.</summary>
    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(
        [.. Allowed, ("MaxUpload", "1")],
        configure: services => services.AddSingleton<AddressCheck>(address => address.Equals(IPAddress.Loopback)));

    private static async Task<string> ErrorAsync(RunningServer server, string url)
    {
        using var response = await server.PostJsonAsync("/api/predict", new { data = new[] { new { path = url } } });
        ((int)response.StatusCode).ShouldBeGreaterThanOrEqualTo(400);
        return (await response.JsonAsync()).GetProperty("error").GetString()!;
    }

    private static async Task<WebApplication> SiteAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Urls.Add("http://127.0.0.1:0");
        site.MapGet("/speech.wav", () => TypedResults.Bytes(Recordings.Speech));
        site.MapGet("/hop/{left}", (int left) => TypedResults.Redirect(left == 1 ? "/speech.wav" : $"/hop/{left - 1}"));
        site.MapGet("/away", (HttpContext context) => TypedResults.Redirect($"http://127.0.0.2:{context.Connection.LocalPort}/speech.wav"));
        site.MapGet("/scheme", () => TypedResults.Redirect("ftp://93.184.216.34/speech.wav"));
        site.MapGet("/large", () => TypedResults.Bytes(new byte[1_500_000]));
        await site.StartAsync();
        return site;
    }
}
