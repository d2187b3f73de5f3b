using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Answers requests in place of a server, for failures that a real one does not have on demand.</summary>
internal sealed class FakeHandler(Func<string, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly ConcurrentQueue<HttpRequestMessage> _requests = [];

    /// <summary>The requests so far: method and path with query.</summary>
    public string[] Requests => [.. _requests.Select(Text)];

    /// <summary>The value of a header in each request; null where it is missing.</summary>
    public string?[] Header(string name) =>
        [.. _requests.Select(request => request.Headers.TryGetValues(name, out var values) ? values.Single() : null)];

    public static HttpResponseMessage Json(string text, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Events(params string[] resources) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(string.Concat(resources.Select(one => $"data: {one}\n\n")), Encoding.UTF8, "text/event-stream"),
    };

    public static HttpResponseMessage Problem(HttpStatusCode status, string code, int? retryAfter = null)
    {
        var response = new HttpResponseMessage(status)
        {
            Content = new StringContent($$"""{"code":"{{code}}","detail":"It is so."}""", Encoding.UTF8, "application/problem+json"),
        };
        if (retryAfter is { } seconds)
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (request.Content is not null)
            await request.Content.CopyToAsync(Stream.Null, cancellationToken);
        _requests.Enqueue(request);
        var response = answer(Text(request));
        response.RequestMessage = request;
        return response;
    }

    private static string Text(HttpRequestMessage request) => $"{request.Method} {request.RequestUri!.PathAndQuery}";
}
