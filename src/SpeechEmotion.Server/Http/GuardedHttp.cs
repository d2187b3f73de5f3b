using System.Net;
using System.Net.Sockets;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Http;

/// <summary>
/// Requests to addresses that clients name. Each connection resolves the host name once, checks all of its addresses and connects to
/// one of them, so no name can lead into the server's own network. Redirects are not followed, and no proxy, cookie or earlier
/// connection is used.
/// </summary>
internal static class GuardedHttp
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Creates a client without a timeout.</summary>
    /// <param name="check">Returns whether the server may connect to an address.</param>
    /// <param name="trusted">Host names that are connected to without that check; null for none.</param>
    /// <returns>
    /// A client whose requests throw an <see cref="HttpRequestException"/> around <c>url.refused</c> if an address is not allowed.
    /// </returns>
    public static HttpClient CreateClient(AddressCheck check, IReadOnlySet<string>? trusted = null)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, check, trusted, ct),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"SpeechEmotion/{ProductVersion.Text}");
        return client;
    }

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint end, AddressCheck check, IReadOnlySet<string>? trusted, CancellationToken ct)
    {
        var addresses = IPAddress.TryParse(end.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(end.Host, ct);
        // A single address that is not public disqualifies the name.
        if (addresses.Length == 0 || !(addresses.All(address => check(address)) || trusted?.Contains(end.Host.Trim('[', ']')) == true))
            throw UrlErrors.Refused(end.Host);
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
