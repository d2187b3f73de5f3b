using System.Net;
using Microsoft.Extensions.Options;
using Shouldly;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Server.Webhooks;
using Xunit;

namespace SpeechEmotion.Server.Tests.Webhooks;

public sealed class WebhookTargetsTests
{
    private const string Secret = "0123456789abcdef";

    [Theory]
    [InlineData("https://hooks.example.com/a?b=c")]
    [InlineData("http://8.8.8.8:8080/")]
    [InlineData("http://10.0.0.5/hook")]
    [InlineData("http://[fd00::1]/hook")]
    [InlineData("https://intern.example/hook")]
    public void Require_AllowedUrl_ReturnsIt(string url) =>
        Targets("10.0.0.5", "fd00::1", "intern.example").Require(url).ShouldBe(url);

    [Theory]
    [InlineData("HTTPS://Hooks.Example.com:443", "https://hooks.example.com/")]
    [InlineData("http://hooks.example.com:8080?b=C", "http://hooks.example.com:8080/?b=C")]
    public void Require_UrlInAnotherForm_ReturnsTheNormalOne(string url, string normal) => Targets().Require(url).ShouldBe(normal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Require_NoUrl_ReturnsNull(string? url) => Targets().Require(url).ShouldBeNull();

    [Theory]
    [InlineData("hooks.example.com")]
    [InlineData("/hook")]
    [InlineData("ftp://hooks.example.com/")]
    [InlineData("https://user:password@hooks.example.com/")]
    [InlineData("https://")]
    public void Require_UrlThatCannotBeCalled_IsRefused(string url) => CodeOf(url).ShouldBe("webhook.bad_url");

    [Fact]
    public void Require_LongUrl_IsRefused() => CodeOf($"https://hooks.example.com/{new string('a', 2000)}").ShouldBe("webhook.bad_url");

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    public void Require_PrivateAddress_IsRefused(string url) => CodeOf(url).ShouldBe("webhook.refused");

    [Fact]
    public async Task Post_WebhookWithoutSecret_IsRefusedInBothLanguages()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        using var english = await server.PostAsync(Recordings.Speech, "a.wav", ("webhook", "https://example.com/"));
        using var chinese = await server.PostAsync(
            Recordings.Speech, "a.wav", ("webhook", "https://example.com/"), ("Accept-Language", "zh"));
        using var body = await server.PostAsync(
            "/api/v1/recognitions?webhook=https://example.com/", new ByteArrayContent(Recordings.Speech));

        english.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await english.CodeAsync()).ShouldBe("webhook.no_secret");
        (await english.TextAsync()).ShouldContain("--webhook-secret");
        (await chinese.TextAsync()).ShouldContain("签名密钥");
        (await body.CodeAsync()).ShouldBe("webhook.no_secret");
        server.Uploads.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("WebhookSecret", "fifteen letters", "--webhook-secret")]
    [InlineData("WebhookSecret", "whsec_this is not base64", "--webhook-secret")]
    [InlineData("WebhookHost:0", "https://intern.example", "--webhook-host")]
    public async Task Start_WrongSetting_IsRefused(string key, string value, string flag)
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(RunningServer.StartAsync([(key, value)], SlowModel.Quick));

        error.Message.ShouldContain(flag);
        if (key == "WebhookSecret")
            error.Message.ShouldNotContain(value);
    }

    private static WebhookTargets Targets(params string[] hosts) =>
        new(Microsoft.Extensions.Options.Options.Create(
            new ServerOptions { WebhookSecret = Secret, WebhookHost = hosts }), PublicAddress.Is);

    private static string CodeOf(string url) => Should.Throw<RequestException>(() => Targets().Require(url)).Code;
}
