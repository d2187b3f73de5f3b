using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Server.Tests.Access;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Hosting;

/// <summary>Behind a proxy that serves it below a path, the server returns only addresses below that path.</summary>
public sealed class SubPathTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task EveryAddress_BehindNginx_IsBelowThePath(bool strips, bool sendsPrefix)
    {
        await using var server = await RunningServer.StartAsync(sendsPrefix ? [("TrustedProxy:0", "127.0.0.1")] : [("BasePath", "/ser/")]);
        await using var nginx = await Nginx.StartAsync(server, strips, sendsPrefix);
        using var client = new HttpClient();
        var origin = new Uri(nginx.Url).GetLeftPart(UriPartial.Authority);

        var page = await client.GetStringAsync($"{nginx.Url}/", Ct);
        var config = await (await client.GetAsync($"{nginx.Url}/config", Ct)).JsonAsync();
        var api = await (await client.GetAsync($"{nginx.Url}/openapi/v1.json", Ct)).JsonAsync();
        using var missing = await client.GetAsync($"{nginx.Url}/api/v1/recognitions/x", Ct);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Recordings.Speech), "file", "a.wav" } };
        using var created = await client.PostAsync($"{nginx.Url}/api/v1/recognitions", form, Ct);
        var links = (await created.JsonAsync()).GetProperty("links");

        foreach (Match used in Regex.Matches(page, "(?:src|href)=\"([^\"]+)\""))
        {
            used.Groups[1].Value.ShouldStartWith("/ser/");
            (await client.GetAsync(origin + used.Groups[1].Value, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, used.Value);
        }
        config.GetProperty("root").GetString().ShouldBe($"{origin}/ser");
        api.GetProperty("servers")[0].GetProperty("url").GetString()!.TrimEnd('/').ShouldBe($"{origin}/ser");
        (await missing.JsonAsync()).GetProperty("instance").GetString().ShouldBe("/ser/api/v1/recognitions/x");
        created.Headers.Location!.OriginalString.ShouldStartWith("/ser/api/v1/recognitions/");
        foreach (var link in new[] { "self", "result", "audio", "waveform" })
            (await client.GetAsync(origin + links.GetProperty(link).GetString(), Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, link);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Live_BehindNginx_IsAnswered(bool strips)
    {
        await using var server = await RunningServer.StartAsync([("BasePath", "/ser")]);
        await using var nginx = await Nginx.StartAsync(server, strips, sendsPrefix: false);
        using var socket = new ClientWebSocket();
        var answer = new byte[4096];

        await socket.ConnectAsync(new Uri($"{nginx.Url.Replace("http:", "ws:", StringComparison.Ordinal)}/api/v1/live"), Ct);
        await socket.SendAsync(Encoding.UTF8.GetBytes("""{"sample_rate": 16000}"""), WebSocketMessageType.Text, true, Ct);
        var read = await socket.ReceiveAsync(answer, Ct);

        Encoding.UTF8.GetString(answer, 0, read.Count).ShouldContain("\"ready\"");
    }

    [Fact]
    public async Task Login_BelowAPath_GivesCookiesForItOnly()
    {
        await using var server = await GuardedServer.StartAsync(("BasePath", "/ser"));
        using var form = GuardedServer.Form();

        using var login = await server.Client.PostAsync(new Uri("/ser/login", UriKind.Relative), form, Ct);
        using var logout = await server.SendAsync("GET", "/ser/logout", login.Cookie());

        login.SetCookies().ShouldAllBe(cookie => cookie.Contains("path=/ser;", StringComparison.Ordinal));
        logout.Headers.Location!.OriginalString.ShouldBe("/ser/");
    }

    [Fact]
    public async Task Path_WithoutSlash_LeadsToThePage()
    {
        await using var server = await GuardedServer.OpenAsync(("BasePath", "/ser"));
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var response = await client.GetAsync($"{server.Url}/ser", Ct);

        response.Headers.Location!.ToString().ShouldEndWith("/ser/");
    }

    [Theory]
    [InlineData("/ser", "/ser")]
    [InlineData("/a/b-c_d.e~f/", "/a/b-c_d.e~f")]
    [InlineData("/one, /two", "/two")]
    [InlineData("/", "")]
    [InlineData("//evil.example.com", "")]
    [InlineData("/ser//evil.example.com", "")]
    [InlineData("https://evil.example.com/ser", "")]
    [InlineData("/\\evil.example.com", "")]
    [InlineData("/..", "")]
    [InlineData("/ser/../x", "")]
    [InlineData("/./ser", "")]
    [InlineData("/%2e%2e/x", "")]
    [InlineData("ser", "")]
    [InlineData("/s er", "")]
    [InlineData("/ser\"><script>", "")]
    [InlineData("/ser'", "")]
    [InlineData("/ser?x=1", "")]
    [InlineData("/ser;x", "")]
    [InlineData("/ser,", "")]
    public async Task ForwardedPrefix_OfATrustedProxy_IsAPathOrIgnored(string prefix, string expected)
    {
        await using var server = await GuardedServer.OpenAsync(("TrustedProxy:0", "127.0.0.1"));

        using var response = await server.SendAsync("GET", "/config", ("X-Forwarded-Prefix", prefix));

        (await response.JsonAsync()).GetProperty("root").GetString().ShouldBe(server.Url + expected);
    }

    [Fact]
    public async Task ForwardedPrefix_TooLongOrUntrusted_IsIgnored()
    {
        await using var trusting = await GuardedServer.OpenAsync(("TrustedProxy:0", "127.0.0.1"));
        await using var server = await GuardedServer.OpenAsync();

        using var tooLong = await trusting.SendAsync("GET", "/config", ("X-Forwarded-Prefix", "/" + new string('a', 300)));
        using var foreign = await server.SendAsync("GET", "/config", ("X-Forwarded-Prefix", "/ser"));

        (await tooLong.JsonAsync()).GetProperty("root").GetString().ShouldBe(trusting.Url);
        (await foreign.JsonAsync()).GetProperty("root").GetString().ShouldBe(server.Url);
    }

    [Theory]
    [InlineData("/ser/api/v1/recognitions")]
    [InlineData("/ser/ser/login")]
    [InlineData("/ser/../metrics")]
    public async Task Path_BelowTheBasePath_IsStillGuarded(string path)
    {
        await using var server = await GuardedServer.StartAsync(("BasePath", "/ser"));

        using var response = await server.SendAsync("GET", path);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
