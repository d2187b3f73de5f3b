using System.Net;
using System.Net.NetworkInformation;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>The host names of the machine itself.</summary>
internal static class LocalNames
{
    private static readonly HashSet<string> Machine = MachineNames();

    /// <summary>Returns whether a host is <c>localhost</c>, in 127.0.0.0/8, or <c>::1</c>.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Returns whether a host is loopback, or <c>0.0.0.0</c>, which browsers treat as loopback.</summary>
    public static bool IsLocal(string host) =>
        IsLoopback(host)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    /// <summary>Returns whether a host is the name of this machine, alone, with its domain, or with <c>.local</c>.</summary>
    public static bool IsMachine(string host) => Machine.Contains(host);

    /// <summary>Returns the additional host names in the server's settings.</summary>
    public static HashSet<string> Allowed(ServerOptions options) =>
        new(options.AllowHost.Select(host => host.Trim('[', ']')), StringComparer.OrdinalIgnoreCase);

    private static HashSet<string> MachineNames()
    {
        var name = Dns.GetHostName();
        var domain = IPGlobalProperties.GetIPGlobalProperties().DomainName;
        return new([name, $"{name}.local", $"{name}.{domain}", name.Split('.')[0]], StringComparer.OrdinalIgnoreCase);
    }
}
