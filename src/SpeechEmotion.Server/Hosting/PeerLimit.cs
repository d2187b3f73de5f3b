using System.Net;
using Microsoft.AspNetCore.Connections;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// Limits each address to half of all connections, so that a client that opens idle connections leaves some for others. A trusted
/// proxy may use all connections, because it serves many clients.
/// </summary>
internal sealed class PeerLimit(int most, TrustedProxies proxies)
{
    private readonly OpenCounts _peers = new(most);

    /// <summary>Wraps a connection delegate: aborts a connection if its address already has too many.</summary>
    public ConnectionDelegate Limit(ConnectionDelegate next) => async connection =>
    {
        var place = connection.RemoteEndPoint is IPEndPoint { Address: var address } && !proxies.Contains(address)
            ? ClientNetwork.Of(address)
            : null;
        if (place is not null && !_peers.TryEnter(place))
        {
            connection.Abort();
            return;
        }
        try
        {
            await next(connection);
        }
        finally
        {
            if (place is not null)
                _peers.Leave(place);
        }
    };
}
