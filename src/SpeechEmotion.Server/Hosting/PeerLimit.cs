using System.Net;
using Microsoft.AspNetCore.Connections;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// No address has more than half of all connections, so that one that opens them and asks nothing leaves some to others. Behind a trusted
/// proxy there are many clients: it may have all.
/// </summary>
internal sealed class PeerLimit(int most, TrustedProxies proxies)
{
    private readonly OpenCounts _peers = new(most);

    /// <summary>Serves a connection, or breaks it off where its address has too many.</summary>
    public ConnectionDelegate Limit(ConnectionDelegate next) => async connection =>
    {
        var place = connection.RemoteEndPoint is IPEndPoint { Address: var address } && !proxies.Contains(address) ? ClientNetwork.Of(address) : null;
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
