using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace SpeechEmotion.Server.Hosting;

/// <summary>The reverse proxies whose forwarded headers the server trusts.</summary>
/// <param name="addresses">Their addresses and networks.</param>
internal sealed class TrustedProxies(IReadOnlyList<string> addresses)
{
    private readonly IPNetwork[] _networks = [.. Networks(addresses)];

    /// <summary>Returns whether an address belongs to a trusted proxy.</summary>
    public bool Contains(IPAddress? address)
    {
        if (address?.IsIPv4MappedToIPv6 == true)
            address = address.MapToIPv4();
        return address is not null && _networks.Any(network => network.Contains(address));
    }

    /// <summary>Reads an address (10.0.0.1) or a network (10.0.0.0/8).</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new(address, address.GetAddressBytes().Length * 8);
            return true;
        }
        return IPNetwork.TryParse(text, out network);
    }

    /// <summary>
    /// Returns whether a request passed through a proxy that the server's settings do not trust, as far as its headers show.
    /// </summary>
    public static bool IsUnknownProxy(HttpContext context)
    {
        var headers = context.Request.Headers;
        return (headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName) || headers.ContainsKey("Forwarded"))
            && !headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName);
    }

    /// <summary>Configures ASP.NET to trust the proxies.</summary>
    public static void Configure(ForwardedHeadersOptions headers, IReadOnlyList<string> proxies)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        // From the last proxy back to the first untrusted one: any client may have written the entries before it.
        headers.ForwardLimit = null;
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in Networks(proxies))
            headers.KnownIPNetworks.Add(network);
    }

    private static IEnumerable<IPNetwork> Networks(IReadOnlyList<string> proxies)
    {
        foreach (var proxy in proxies)
        {
            if (TryParse(proxy, out var network))
                yield return network;
        }
    }
}
