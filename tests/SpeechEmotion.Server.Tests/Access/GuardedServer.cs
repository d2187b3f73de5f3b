using System.Net.Http.Headers;
using System.Text;
using SpeechEmotion.Server.Tests.Support;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>A server that requires a login, and requests to it as different clients send them.</summary>
internal static class GuardedServer
{
    public const string User = "ann";
    public const string Password = "s3cret:with colon";
    public const string Key = "k-0123456789";

    /// <summary>The tests never use the model, so its replacement starts at once.</summary>
    public static Task<RunningServer> StartAsync(params (string Key, string Value)[] settings) =>
        RunningServer.StartAsync([("Auth:0", $"{User}:{Password}"), ("ApiKey:0", Key), .. settings], () => new SlowModel());

    public static Task<RunningServer> OpenAsync(params (string Key, string Value)[] settings) =>
        RunningServer.StartAsync(settings, () => new SlowModel());

    /// <summary>Sends a request with unvalidated headers and returns the response once its headers have arrived.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this RunningServer server, string method, string path, params (string Name, string Value)[] headers)
    {
        // Keeps the path as written, including dots.
        var address = new Uri(server.Url + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new(method), address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var client = CreateClient(server);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<HttpResponseMessage> LoginAsync(this RunningServer server, HttpContent form)
    {
        using var client = CreateClient(server);
        return await client.PostAsync(new Uri("/login", UriKind.Relative), form);
    }

    public static FormUrlEncodedContent Form(string user = User, string password = Password) =>
        new([new("username", user), new("password", password)]);

    public static (string Name, string Value) Basic(string user = User, string password = Password) =>
        ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}");

    /// <summary>The cookies of a response, as the next request sends them.</summary>
    public static (string Name, string Value) Cookie(this HttpResponseMessage response, Func<string, bool>? which = null) =>
        ("Cookie", string.Join("; ", response.SetCookies().Select(cookie => cookie.Split(';')[0]).Where(which ?? (_ => true))));

    public static string[] SetCookies(this HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];

    public static string? Header(this HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    /// <summary>Creates a client that keeps no cookies and follows no redirects.</summary>
    private static HttpClient CreateClient(RunningServer server)
    {
        var handler = new HttpClientHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = (_, _, _, _) => true,
        };
        return new(handler) { BaseAddress = new(server.Url) };
    }
}
