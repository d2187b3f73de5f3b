using System.Net;

namespace SpeechEmotion.Server.Access;

/// <summary>Keeps with a request who asks, and where from.</summary>
internal static class CallerFeature
{
    /// <summary>Who asks; null where that is not proven.</summary>
    public static Caller? Caller(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>Notes who asks.</summary>
    public static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);

    /// <summary>Where from: the IPv4 address, or the network of an IPv6 address, since whoever has one has the whole of it.</summary>
    public static string Place(this HttpContext context) => context.Connection.RemoteIpAddress is { } address ? PlaceOf(address) : "";

    /// <summary>The same for an address.</summary>
    public static string PlaceOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 8)));
    }
}
