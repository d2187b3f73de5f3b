using System.Net;
using System.Net.NetworkInformation;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>Names that mean the machine itself, whoever resolves them.</summary>
internal static class LocalNames
{
    private static readonly HashSet<string> Machine = MachineNames();

    /// <summary><c>localhost</c>, 127.0.0.0/8, <c>::1</c>.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Loopback, and <c>0.0.0.0</c>, which browsers take for it.</summary>
    public static bool IsLocal(string host) =>
        IsLoopback(host) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    /// <summary>The name of this machine, alone, with its domain, or with <c>.local</c>.</summary>
    public static bool IsMachine(string host) => Machine.Contains(host);

    /// <summary>The names that the server was told are its own too.</summary>
    public static HashSet<string> Allowed(ServerOptions options) =>
        new(options.AllowHost.Select(host => host.Trim('[', ']')), StringComparer.OrdinalIgnoreCase);

    private static HashSet<string> MachineNames()
    {
        var name = Dns.GetHostName();
        var domain = IPGlobalProperties.GetIPGlobalProperties().DomainName;
        return new([name, $"{name}.local", $"{name}.{domain}", name.Split('.')[0]], StringComparer.OrdinalIgnoreCase);
    }
}
