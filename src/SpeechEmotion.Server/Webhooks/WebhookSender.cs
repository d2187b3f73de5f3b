using System.Globalization;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Webhooks;

/// <summary>
/// Sends an event to its receiver once, signed. It connects to public addresses and allowed hosts only, follows no redirect and does
/// not read the body of the answer.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    /// <summary>The longest attempt, from the resolution of the name to the status of the answer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly WebhookKey? _key;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <param name="options">The settings with the secret.</param>
    /// <param name="targets">The hosts that may receive webhooks.</param>
    /// <param name="check">Returns whether the server may connect to an address.</param>
    /// <param name="time">The clock.</param>
    public WebhookSender(IOptions<ServerOptions> options, WebhookTargets targets, AddressCheck check, TimeProvider time)
    {
        _key = options.Value.WebhookSecret is { } secret ? WebhookKey.Parse(secret) : null;
        (_http, _time) = (GuardedHttp.CreateClient(check, targets.TrustedHosts), time);
    }

    /// <summary>Whether the server has a secret; otherwise it sends nothing.</summary>
    public bool IsOn => _key is not null;

    /// <summary>Sends an event.</summary>
    /// <exception cref="OperationCanceledException">The attempt was cancelled; whether the receiver got the event is unknown.</exception>
    public async Task<WebhookAnswer> SendAsync(WebhookEntry entry, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Longest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            using var request = RequestFor(entry);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new((int)response.StatusCode, response.IsSuccessStatusCode ? null : WebhookErrors.Status);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, WebhookErrors.Timeout);
        }
        catch (HttpRequestException failure)
        {
            return new(null, CodeOf(failure));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestFor(WebhookEntry entry)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        return new(HttpMethod.Post, entry.Url)
        {
            Content = new StringContent(entry.Body, Encoding.UTF8, MediaTypeNames.Application.Json),
            Headers =
            {
                { "webhook-id", entry.Id },
                { "webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture) },
                { "webhook-signature", _key!.Sign(entry.Id, timestamp, entry.Body) },
            },
        };
    }

    private static string CodeOf(HttpRequestException failure) => failure switch
    {
        { InnerException: RequestException { Code: UrlErrors.RefusedCode } } => WebhookErrors.Refused,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => WebhookErrors.Certificate,
        _ => WebhookErrors.Unreachable,
    };
}
