using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>
/// Fetches recordings that clients give as URLs, if the server's settings allow it. For the request and for each redirect, it
/// resolves the host name once, checks the addresses and connects to one of them, so no name can lead into the server's own network.
/// </summary>
internal sealed class UrlFetcher : IDisposable
{
    private const int MaxRedirects = 3;
    private const int MaxAtOnce = 8;

    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(1);

    private readonly bool _allowed;
    private readonly UploadStore _uploads;
    private readonly AddressCheck _check;
    private readonly HttpClient _http;
    private int _running;

    /// <param name="options">The settings, which allow or forbid URLs.</param>
    /// <param name="uploads">The store for the recordings, which limits their size.</param>
    /// <param name="check">Returns whether the server may connect to an address.</param>
    public UrlFetcher(IOptions<ServerOptions> options, UploadStore uploads, AddressCheck check)
    {
        (_allowed, _uploads, _check) = (options.Value.AllowUrlInput, uploads, check);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"SpeechEmotion/{ProductVersion.Text}");
    }

    /// <summary>Fetches a recording.</summary>
    /// <exception cref="RequestException">URLs are not allowed, the address is not public, or the fetch failed.</exception>
    public async Task<UploadedRecording> FetchAsync(Uri url, CancellationToken ct)
    {
        if (!_allowed)
            throw GradioErrors.UrlInputOff();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(MaxTime);
        try
        {
            // Fetches do not occupy the queue yet, so they need a limit of their own.
            if (Interlocked.Increment(ref _running) > MaxAtOnce)
                throw GradioErrors.TooManyFetches();
            return await FollowAsync(url, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw GradioErrors.UrlFailed(url.Host, $"it took longer than {MaxTime.TotalSeconds} s");
        }
        catch (HttpRequestException failure)
        {
            throw failure.InnerException as RequestException ?? GradioErrors.UrlFailed(url.Host, failure.Message.TrimEnd('.', ' '));
        }
        catch (IOException failure)
        {
            throw GradioErrors.UrlFailed(url.Host, failure.Message.TrimEnd('.', ' '));
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<UploadedRecording> FollowAsync(Uri url, CancellationToken ct)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            if (url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
                throw GradioErrors.UrlRefused(url.Host);
            using var response = await _http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.IsSuccessStatusCode)
            {
                return await _uploads.SaveAsync(
                    await response.Content.ReadAsStreamAsync(ct), Uri.UnescapeDataString(url.Segments[^1]), temporary: true,
                    response.Content.Headers.ContentLength, ct);
            }
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } next)
                throw GradioErrors.UrlFailed(url.Host, $"HTTP {(int)response.StatusCode}");
            url = new(url, next);
        }
        throw GradioErrors.UrlFailed(url.Host, $"more than {MaxRedirects} redirects");
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var end = context.DnsEndPoint;
        var addresses = IPAddress.TryParse(end.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(end.Host, ct);
        // A single address that is not public disqualifies the name.
        if (addresses.Length == 0 || !addresses.All(address => _check(address)))
            throw GradioErrors.UrlRefused(end.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connected = false;
        try
        {
            await socket.ConnectAsync(addresses, end.Port, ct);
            connected = true;
            return new NetworkStream(socket, ownsSocket: true);
        }
        finally
        {
            if (!connected)
                socket.Dispose();
        }
    }
}
