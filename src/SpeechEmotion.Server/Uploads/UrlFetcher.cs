using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Uploads;

/// <summary>Fetches recordings that users give as URLs, if the settings allow it, from public addresses only.</summary>
public sealed class UrlFetcher : IDisposable
{
    private const int MaxRedirects = 3;
    private const int MaxAtOnce = 8;

    private readonly bool _allowed;
    private readonly UploadStore _uploads;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private int _running;

    /// <summary>Creates a fetcher.</summary>
    /// <param name="options">The settings, which allow or forbid URLs.</param>
    /// <param name="uploads">The store for the recordings, which limits their size.</param>
    /// <param name="check">Returns whether the server may connect to an address.</param>
    /// <param name="time">The clock.</param>
    public UrlFetcher(IOptions<ServerOptions> options, UploadStore uploads, AddressCheck check, TimeProvider time) =>
        (_allowed, _uploads, _http, _time) = (options.Value.AllowUrlInput, uploads, GuardedHttp.CreateClient(check), time);

    /// <summary>Fetches a recording.</summary>
    /// <param name="url">The URL; each of its redirects is checked like itself.</param>
    /// <param name="longest">A fetch that takes longer fails.</param>
    /// <param name="ct">Cancels the fetch.</param>
    /// <exception cref="RequestException">
    /// <c>url.not_allowed</c>, <c>url.refused</c>, <c>url.failed</c>, <c>url.too_many</c>, or the errors of <see cref="UploadStore"/>.
    /// </exception>
    public async Task<UploadedRecording> FetchAsync(Uri url, TimeSpan longest, CancellationToken ct)
    {
        if (!_allowed)
            throw UrlErrors.NotAllowed();
        using var span = ServerTraces.Part("fetch");
        using var limit = new CancellationTokenSource(longest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            // Fetches do not occupy the queue yet, so they need a limit of their own.
            if (Interlocked.Increment(ref _running) > MaxAtOnce)
                throw UrlErrors.TooMany();
            return await FollowAsync(url, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw UrlErrors.Failed(
                url.Host, $"it took longer than {longest.TotalSeconds} s", $"超过 {longest.TotalSeconds} 秒仍未完成", isTransient: true);
        }
        catch (HttpRequestException failure)
        {
            throw failure.InnerException as RequestException ?? UrlErrors.Unreachable(url.Host, failure);
        }
        catch (IOException failure)
        {
            throw UrlErrors.Unreachable(url.Host, failure);
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
                throw UrlErrors.Refused(url.Host);
            using var response = await _http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.IsSuccessStatusCode)
            {
                return await _uploads.SaveAsync(
                    await response.Content.ReadAsStreamAsync(ct), Uri.UnescapeDataString(url.Segments[^1]), temporary: true,
                    response.Content.Headers.ContentLength, ct);
            }
            var status = (int)response.StatusCode;
            if (status is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } next)
                throw UrlErrors.Failed(
                    url.Host, $"it answered with status {status}", $"对方返回状态 {status}", isTransient: status is 408 or 429 or >= 500);
            url = new(url, next);
        }
        throw UrlErrors.Failed(url.Host, $"more than {MaxRedirects} redirects", $"重定向超过 {MaxRedirects} 次", isTransient: false);
    }
}
