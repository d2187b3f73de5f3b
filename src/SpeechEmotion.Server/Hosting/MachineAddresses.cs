using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SpeechEmotion.Server.Hosting;

/// <summary>The addresses under which other machines reach this one.</summary>
internal static class MachineAddresses
{
    /// <summary>Returns the machine's addresses, IPv4 first, without loopback and link-local addresses.</summary>
    public static IPAddress[] All() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
            .Distinct()
            .OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1),
    ];

    /// <summary>Returns every URL that a user can open for a server that listens on <paramref name="address"/>.</summary>
    public static IEnumerable<string> Urls(string scheme, IPAddress address, int port)
    {
        if (address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.IPv6Loopback))
            return [Url("localhost")];
        if (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            return [Url(Bracketed(address))];
        var reached = All().Where(own => address.Equals(IPAddress.IPv6Any) || own.AddressFamily == AddressFamily.InterNetwork);
        return [Url("localhost"), .. reached.Select(own => Url(Bracketed(own)))];

        string Url(string host) => $"{scheme}://{host}:{port}";
    }

    private static string Bracketed(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
