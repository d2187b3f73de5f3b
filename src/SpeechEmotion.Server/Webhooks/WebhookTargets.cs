using System.Net;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Webhooks;

/// <summary>Decides which URLs may receive webhooks.</summary>
/// <param name="options">The settings with the secret and the allowed private hosts.</param>
/// <param name="check">Returns whether the server may connect to an address.</param>
internal sealed class WebhookTargets(IOptions<ServerOptions> options, AddressCheck check)
{
    private const int MaxLength = 2000;

    /// <summary>Hosts that may receive webhooks whatever their address, without the brackets of IPv6.</summary>
    public IReadOnlySet<string> TrustedHosts { get; } =
        options.Value.WebhookHost.Select(host => host.Trim('[', ']')).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Validates the URL that a request gives for its webhook.</summary>
    /// <param name="url">The URL; null or empty if the request has no webhook.</param>
    /// <returns>The URL in its normal form, so that all URLs of a receiver begin alike; null without one.</returns>
    /// <exception cref="RequestException"><c>webhook.no_secret</c>, <c>webhook.bad_url</c> or <c>webhook.refused</c>.</exception>
    public string? Require(string? url)
    {
        if (string.IsNullOrWhiteSpace(url))
            return null;
        if (options.Value.WebhookSecret is null)
            throw WebhookErrors.NoSecret();
        if (url.Length > MaxLength || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0 || uri.UserInfo.Length > 0)
            throw WebhookErrors.BadUrl(MaxLength);
        // Only an early hint: each attempt checks the addresses again, after it has resolved the name.
        var host = uri.Host.Trim('[', ']');
        if (IPAddress.TryParse(host, out var address) && !check(address) && !TrustedHosts.Contains(host))
            throw WebhookErrors.Private(uri.Host);
        return uri.AbsoluteUri;
    }
}
