using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SpeechEmotion.Checkpoints;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Downloads.Hubs;

/// <summary>
/// The HTTP connection to one hub. Follows redirects itself: the hub's token must not reach another host, and the signed address that
/// a hub redirects to serves many ranges until it expires. Thread-safe.
/// </summary>
internal sealed class HubConnection : IDisposable
{
    private const int MaxRedirects = 5;
    private const int MaxListing = 4 << 20;

    private readonly Uri _endpoint;
    private readonly HubToken? _token;
    private readonly TransferSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<Uri, Uri> _signed = [];

    /// <param name="endpoint">The hub.</param>
    /// <param name="token">Access token; null for anonymous access.</param>
    /// <param name="proxy">Proxy that overrides the proxies of the environment; null to use those.</param>
    /// <param name="settings">Timeouts and retries.</param>
    /// <param name="time">Clock for timeouts and retries.</param>
    public HubConnection(Uri endpoint, HubToken? token, Uri? proxy, TransferSettings settings, TimeProvider time)
    {
        (_endpoint, _token, _settings, _time) = (endpoint, token, settings, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = settings.Connect,
            MaxResponseHeadersLength = 64,
        };
        if (proxy is not null)
            handler.Proxy = ProxyAt(proxy);
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"SpeechEmotion/{ProductVersion.Text}");
    }

    /// <summary>Timeouts, retries, and the sizes of file parts.</summary>
    public TransferSettings Settings => _settings;

    /// <summary>Host and port of the hub, for messages.</summary>
    public string Host => _endpoint.Authority;

    /// <summary>Requests a JSON document, and retries transient failures.</summary>
    /// <exception cref="DownloadException">The document cannot be downloaded or read.</exception>
    public async Task<T> ReadJsonAsync<T>(Uri address, string what, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var bytes = await RetryAsync(() => ReadAsync(address, what, ct), ct);
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("the document is null.");
        }
        catch (JsonException e)
        {
            throw DownloadErrors.BadAnswer(Host, "its list of files cannot be read.", e);
        }
    }

    /// <summary>Requests the size and the version of a file without downloading it.</summary>
    /// <param name="address">Address of the file.</param>
    /// <param name="optional">Whether status 403 also means that the file does not exist.</param>
    /// <param name="ct">Cancels the request.</param>
    /// <returns>Null if the file does not exist.</returns>
    /// <exception cref="DownloadException">The server does not answer, or refuses the request.</exception>
    public Task<(long Size, string? Version)?> DescribeAsync(Uri address, bool optional, CancellationToken ct) =>
        RetryAsync<(long, string?)?>(
            async () =>
            {
                using var response = await FollowAsync(address, HttpMethod.Head, null, ct);
                if ((int)response.StatusCode is 404 or 410 || (optional && response.StatusCode == HttpStatusCode.Forbidden))
                    return null;
                Require(response, address.Segments[^1]);
                var size = response.Content.Headers.ContentLength
                    ?? throw DownloadErrors.BadAnswer(Host, "it does not report the size of a file.");
                return (size, VersionOf(response));
            },
            ct);

    /// <summary>Returns the version of a file (ETag or time of change); null if the server sends neither.</summary>
    public static string? VersionOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : response.Content.Headers.LastModified?.ToString("O");

    /// <summary>Returns whether an address is a valid HTTP or HTTPS address.</summary>
    public static bool IsWeb(Uri address)
    {
        try
        {
            return (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) && address.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    /// <summary>Requests a part of a file.</summary>
    /// <param name="file">The file on the hub.</param>
    /// <param name="part">The requested bytes.</param>
    /// <param name="ct">Cancels the request.</param>
    /// <returns>The response, with status 206 or 200 and an unread body.</returns>
    /// <exception cref="TransientDownloadException">The request failed, but a retry may succeed.</exception>
    /// <exception cref="DownloadException">The request failed permanently.</exception>
    public async Task<HttpResponseMessage> OpenAsync(HubFile file, FileExtent part, CancellationToken ct)
    {
        var range = new RangeHeaderValue(part.Start, part.Start + part.Length - 1);
        if (_signed.TryGetValue(file.Address, out var signed))
        {
            var response = await SendAsync(signed, HttpMethod.Get, range, ct);
            if ((int)response.StatusCode is not (>= 400 and < 429))
                return Require(response, file.Name);
            // The signed address has expired; request a new one.
            response.Dispose();
            _signed.TryRemove(file.Address, out _);
        }
        return Require(await FollowAsync(file.Address, HttpMethod.Get, range, ct), file.Name);
    }

    /// <summary>Repeats an operation until it succeeds, fails permanently, or has used all retries.</summary>
    public async Task<T> RetryAsync<T>(Func<Task<T>> operation, CancellationToken ct)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await operation();
            }
            catch (TransientDownloadException failure)
            {
                await PauseAsync(failure, failures, ct);
            }
        }
    }

    /// <summary>Waits before the next attempt.</summary>
    /// <exception cref="DownloadException">No retries are left.</exception>
    public Task PauseAsync(TransientDownloadException failure, int failures, CancellationToken ct) =>
        failures > _settings.Retries ? Task.FromException(failure.Final) : Task.Delay(_settings.Pause(failures, failure.After), _time, ct);

    /// <summary>Reads the next bytes of a response; an interrupted response is a transient failure.</summary>
    public async Task<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(_settings.Idle, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await body.ReadAsync(buffer, either.Token);
        }
        catch (Exception e) when (IsTransient(e, ct))
        {
            throw TransientFailure(Host, e, limit.IsCancellationRequested);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<byte[]> ReadAsync(Uri address, string what, CancellationToken ct)
    {
        using var response = Require(await FollowAsync(address, HttpMethod.Get, null, ct), what);
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var bytes = new ArrayBufferWriter<byte>();
        while (await ReadAsync(body, bytes.GetMemory(1 << 14), ct) is > 0 and var read)
        {
            bytes.Advance(read);
            if (bytes.WrittenCount > MaxListing)
                throw DownloadErrors.BadAnswer(Host, "its list of files is too long.");
        }
        return bytes.WrittenSpan.ToArray();
    }

    private async Task<HttpResponseMessage> FollowAsync(Uri address, HttpMethod method, RangeHeaderValue? range, CancellationToken ct)
    {
        var next = address;
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            var response = await SendAsync(next, method, range, ct);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                if (method == HttpMethod.Get && !IsHub(next) && response.IsSuccessStatusCode)
                    _signed[address] = next;
                return response;
            }
            response.Dispose();
            if (!Uri.TryCreate(next, location, out var target) || !IsWeb(target))
                throw DownloadErrors.BadAnswer(Host, "it redirects to an invalid address.");
            if (target.Scheme != Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttp)
                throw DownloadErrors.BadAnswer(Host, $"it redirects to {target.Authority} without encryption.");
            next = target;
        }
        throw DownloadErrors.BadAnswer(Host, $"it redirects more than {MaxRedirects} times.");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, HttpMethod method, RangeHeaderValue? range, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Range = range;
        if (IsHub(address))
            _token?.Apply(request.Headers);
        using var limit = new CancellationTokenSource(_settings.Connect + _settings.Idle, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (Exception e) when (IsTransient(e, ct))
        {
            throw TransientFailure(address.Authority, e, limit.IsCancellationRequested);
        }
    }

    private bool IsHub(Uri address) =>
        Uri.Compare(address, _endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Returns a successful response; throws for any other.</summary>
    private HttpResponseMessage Require(HttpResponseMessage response, string what)
    {
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
            return response;
        using (response)
        {
            var host = response.RequestMessage!.RequestUri!.Authority;
            var failed = DownloadErrors.Failed(host, $"HTTP {(int)response.StatusCode}.");
            throw (int)response.StatusCode switch
            {
                // A storage host refuses a signed address that has expired in the meantime.
                401 or 403 when !IsHub(response.RequestMessage.RequestUri) =>
                    new TransientDownloadException(DownloadErrors.Refused(host, response.StatusCode)),
                401 or 403 => DownloadErrors.Refused(host, response.StatusCode),
                404 or 410 => DownloadErrors.NotFound(host, what),
                408 or 425 or 429 or >= 500 => new TransientDownloadException(
                    failed, response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - _time.GetUtcNow() : null),
                _ => failed,
            };
        }
    }

    private static bool IsTransient(Exception e, CancellationToken ct) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested);

    private static TransientDownloadException TransientFailure(string host, Exception e, bool timedOut)
    {
        var why = timedOut ? "the request timed out." : (e.InnerException ?? e).Message;
        return new(DownloadErrors.Unreachable(host, why.EndsWith('.') ? why : why + ".", e));
    }

    private static WebProxy ProxyAt(Uri proxy)
    {
        var server = new UriBuilder(proxy) { UserName = "", Password = "" }.Uri;
        var credentials = proxy.UserInfo.Split(':', 2);
        return new(server)
        {
            Credentials = credentials is [var user, var password]
                ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
                : null,
        };
    }
}
