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
/// HTTP to one hub. Redirects are followed here, since the hub's token must go to no other host, and since the signed address
/// that a hub gives out serves many ranges until it expires. Thread-safe.
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
    /// <param name="token">Who asks; null for anybody.</param>
    /// <param name="proxy">Goes before the proxies of the environment; null for those.</param>
    /// <param name="settings">How long to wait.</param>
    /// <param name="time">Measures that.</param>
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

    /// <summary>How to wait, and how to cut files.</summary>
    public TransferSettings Settings => _settings;

    /// <summary>Host and port, for messages.</summary>
    public string Host => _endpoint.Authority;

    /// <summary>Asks for a document, again and again where that may help.</summary>
    /// <exception cref="DownloadException">It does not come.</exception>
    public async Task<T> ReadJsonAsync<T>(Uri address, string what, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var bytes = await RetryAsync(() => ReadAsync(address, what, ct), ct);
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("it holds null.");
        }
        catch (JsonException e)
        {
            throw DownloadErrors.BadAnswer(Host, "its list of files cannot be read.", e);
        }
    }

    /// <summary>What a server says of a file without giving it: its size, and what it calls its state.</summary>
    /// <param name="address">The file.</param>
    /// <param name="optional">Whether a refusal means that there is none.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Null where it has no such file.</returns>
    /// <exception cref="DownloadException">It does not answer, or refuses.</exception>
    public Task<(long Size, string? Version)?> DescribeAsync(Uri address, bool optional, CancellationToken ct) => RetryAsync<(long, string?)?>(
        async () =>
        {
            using var response = await FollowAsync(address, HttpMethod.Head, null, ct);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone || (optional && response.StatusCode == HttpStatusCode.Forbidden))
                return null;
            Require(response, address.Segments[^1]);
            var size = response.Content.Headers.ContentLength ?? throw DownloadErrors.BadAnswer(Host, "it does not tell the size of a file.");
            return (size, VersionOf(response));
        },
        ct);

    /// <summary>What a server calls the state of a file; null where it does not say.</summary>
    public static string? VersionOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : response.Content.Headers.LastModified?.ToString("O");

    /// <summary>Whether an address is one that can be asked.</summary>
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

    /// <summary>Asks for a part of a file.</summary>
    /// <param name="file">Where the hub has it.</param>
    /// <param name="part">The bytes that are wanted.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The answer, 206 or 200, its body still to be read.</returns>
    /// <exception cref="TransientDownloadException">It may be there the next time.</exception>
    /// <exception cref="DownloadException">It will not.</exception>
    public async Task<HttpResponseMessage> OpenAsync(HubFile file, FileExtent part, CancellationToken ct)
    {
        var range = new RangeHeaderValue(part.Start, part.Start + part.Length - 1);
        if (_signed.TryGetValue(file.Address, out var signed))
        {
            var response = await SendAsync(signed, HttpMethod.Get, range, ct);
            if ((int)response.StatusCode is not (>= 400 and < 429))
                return Require(response, file.Name);
            // It has expired: a new one is asked for.
            response.Dispose();
            _signed.TryRemove(file.Address, out _);
        }
        return Require(await FollowAsync(file.Address, HttpMethod.Get, range, ct), file.Name);
    }

    /// <summary>Does something until it succeeds, does not pass, or patience ends.</summary>
    public async Task<T> RetryAsync<T>(Func<Task<T>> act, CancellationToken ct)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await act();
            }
            catch (TransientDownloadException failure)
            {
                await PauseAsync(failure, failures, ct);
            }
        }
    }

    /// <summary>Waits before the next attempt.</summary>
    /// <exception cref="DownloadException">There is none: it failed too often.</exception>
    public Task PauseAsync(TransientDownloadException failure, int failures, CancellationToken ct) =>
        failures > _settings.Retries ? Task.FromException(failure.Final) : Task.Delay(_settings.Pause(failures, failure.After), _time, ct);

    /// <summary>Reads the next bytes of an answer; an answer that stops is a failure that may pass.</summary>
    public async Task<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(_settings.Idle, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await body.ReadAsync(buffer, either.Token);
        }
        catch (Exception e) when (Passes(e, ct))
        {
            throw Passing(Host, e, limit.IsCancellationRequested);
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
                throw DownloadErrors.BadAnswer(Host, "it leads to something that is no address.");
            if (target.Scheme != Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttp)
                throw DownloadErrors.BadAnswer(Host, $"it leads to {target.Authority}, which is not safe.");
            next = target;
        }
        throw DownloadErrors.BadAnswer(Host, $"it leads on more than {MaxRedirects} times.");
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
        catch (Exception e) when (Passes(e, ct))
        {
            throw Passing(address.Authority, e, limit.IsCancellationRequested);
        }
    }

    private bool IsHub(Uri address) => Uri.Compare(address, _endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>The answer, where it is one.</summary>
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
                // A storage host refuses what has expired meanwhile.
                401 or 403 when !IsHub(response.RequestMessage.RequestUri) => new TransientDownloadException(DownloadErrors.Refused(host, response.StatusCode)),
                401 or 403 => DownloadErrors.Refused(host, response.StatusCode),
                404 or 410 => DownloadErrors.NotFound(host, what),
                408 or 425 or 429 or >= 500 => new TransientDownloadException(failed, response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - _time.GetUtcNow() : null),
                _ => failed,
            };
        }
    }

    private static bool Passes(Exception e, CancellationToken ct) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested);

    private static TransientDownloadException Passing(string host, Exception e, bool late)
    {
        var why = late ? "it took too long." : (e.InnerException ?? e).Message;
        return new(DownloadErrors.Unreachable(host, why.EndsWith('.') ? why : why + ".", e));
    }

    private static WebProxy ProxyAt(Uri proxy)
    {
        var server = new UriBuilder(proxy) { UserName = "", Password = "" }.Uri;
        var credentials = proxy.UserInfo.Split(':', 2);
        return new(server)
        {
            Credentials = credentials is [var user, var password] ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)) : null,
        };
    }
}
