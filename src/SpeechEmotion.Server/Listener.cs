using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace SpeechEmotion.Server;

/// <summary>Where the server listens, and how much it takes at once.</summary>
internal static class Listener
{
    /// <summary>Beside the recording, a form holds little.</summary>
    private const long FormBytes = 1_000_000;

    public static void AddListener(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>>(provider => new ConfigureNamedOptions<KestrelServerOptions>(
            null, kestrel => Configure(kestrel, provider.GetRequiredService<IOptions<ServerOptions>>().Value)));

    /// <summary>The address of a name; null for every address of the machine.</summary>
    public static IPAddress AddressOf(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" or "+" => IPAddress.IPv6Any,
        _ when IPAddress.TryParse(host, out var address) => address,
        _ => Dns.GetHostAddresses(host)[0],
    };

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        // A recording in base64 is a third larger.
        kestrel.Limits.MaxRequestBodySize = (options.MaxUpload * 1_400_000L) + FormBytes;
        // A slow line is no attack: how long an upload takes is its sender's matter.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Listen(AddressOf(options.Host), options.Port);
    }
}
