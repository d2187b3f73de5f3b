using System.Net;

namespace SpeechEmotion.Server.Hosting;

/// <summary>The network of a client: its IPv4 address, or the /64 of its IPv6 address, which belongs to one subscriber.</summary>
internal static class ClientNetwork
{
    private const int SubscriberBytes = 8;

    public static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, SubscriberBytes)));
    }
}
