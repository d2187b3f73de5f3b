using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>Configures the addresses that the server listens on, and its limits.</summary>
internal static class Listener
{
    /// <summary>The bytes allowed for a form besides its recording.</summary>
    private const long FormBytes = 1_000_000;

    /// <summary>The bytes allowed for an address: an export may name a thousand recognitions.</summary>
    private const int AddressBytes = 40 << 10;

    /// <summary>Both loopback addresses; with port 0, 127.0.0.1 only.</summary>
    private const string Localhost = "localhost";

    public static void AddListener(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>>(provider => new ConfigureNamedOptions<KestrelServerOptions>(
            null, kestrel => Configure(kestrel, provider)));

    /// <summary>Returns the address of a host name; <c>*</c> is every address of the machine.</summary>
    /// <exception cref="Http.RequestException"><c>server.host</c>: the name cannot be resolved.</exception>
    public static IPAddress AddressOf(string host) => host switch
    {
        Localhost => IPAddress.Loopback,
        "*" or "+" => IPAddress.IPv6Any,
        _ when IPAddress.TryParse(host, out var address) => address,
        _ => Resolve(host),
    };

    private static IPAddress Resolve(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host)[0];
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            throw ListenErrors.Host(host, unknown);
        }
    }

    private static void Configure(KestrelServerOptions kestrel, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ServerOptions>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        var certificate = ServerCertificate.Of(options, services.GetRequiredService<ServerFolder>, time);
        kestrel.AddServerHeader = false;
        // Base64 makes a recording a third larger.
        kestrel.Limits.MaxRequestBodySize = (options.MaxUpload * 1_400_000L) + FormBytes;
        kestrel.Limits.MaxRequestLineSize = AddressBytes;
        // HTTP/2 sends the address as a header.
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = AddressBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 2 * AddressBytes;
        // A slow connection is allowed, but a sender that stops must not keep its upload open forever.
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(30));
        var limits = services.GetRequiredService<ConnectionLimits>();
        kestrel.Limits.MaxConcurrentConnections = limits.Connections;
        var peers = new PeerLimit(limits.Requests, new(options.TrustedProxy));
        var address = AddressOf(options.Host);
        // On a machine without IPv6, this listens on its IPv4 addresses.
        if (address.Equals(IPAddress.IPv6Any))
            kestrel.ListenAnyIP(options.Port, Secure);
        // Programs resolve the name to either loopback address. Kestrel skips one that the machine does not have.
        else if (options.Host == Localhost && options.Port != 0)
            kestrel.ListenLocalhost(options.Port, Secure);
        else
            kestrel.Listen(address, options.Port, Secure);

        void Secure(ListenOptions listen)
        {
            listen.Use(peers.Limit);
            if (certificate is not null)
                listen.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = (certificate.Leaf, certificate.Chain));
        }
    }
}
