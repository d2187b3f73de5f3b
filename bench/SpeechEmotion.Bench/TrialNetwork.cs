namespace SpeechEmotion.Bench;

/// <summary>
/// Machines with an address each, which are namespaces of the network; the namespace of this program routes between them. Where it is cut,
/// packets disappear without an answer, as behind a switch that failed: connections stay open on both sides.
/// </summary>
internal sealed class TrialNetwork : IDisposable
{
    private const string Network = "10.77.0.0/16";

    private readonly NetworkPlace[] _places;
    private readonly List<(string From, string To)> _cuts = [];

    /// <summary>Creates machines. This program needs a namespace of its own (<c>unshare --net</c>), whose routes it changes.</summary>
    /// <exception cref="InvalidOperationException">This program is not root.</exception>
    public TrialNetwork(int machines)
    {
        Script.Run("ip", "link", "set", "lo", "up");
        File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1");
        _places = [.. Enumerable.Range(1, machines).Select(Create)];
    }

    /// <summary>The machines.</summary>
    public IReadOnlyList<NetworkPlace> Places => _places;

    /// <summary>Cuts two machines from each other.</summary>
    public void Cut(NetworkPlace one, NetworkPlace other)
    {
        _cuts.Add((one.Address, other.Address));
        _cuts.Add((other.Address, one.Address));
        Rule("add", one.Address, other.Address);
        Rule("add", other.Address, one.Address);
    }

    /// <summary>Ends all cuts.</summary>
    public void Heal()
    {
        _cuts.ForEach(cut => Rule("del", cut.From, cut.To));
        _cuts.Clear();
    }

    /// <summary>Whether a machine can connect to a port of another one.</summary>
    public static bool Reaches(NetworkPlace from, NetworkPlace to, int port) =>
        Script.Succeeds([.. from.Launcher, "timeout", "2", "bash", "-c", $"exec 3<>/dev/tcp/{to.Address}/{port}"]);

    public void Dispose()
    {
        foreach (var place in _places)
        {
            // Erlang's port mappers outlive the nodes that started them.
            foreach (var id in Script.Read("ip", "netns", "pids", place.Name).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Script.Succeeds("kill", "-9", id);
            Script.Run("ip", "netns", "del", place.Name);
        }
    }

    private static NetworkPlace Create(int number)
    {
        var place = new NetworkPlace($"ser-{Environment.ProcessId}-{number}", $"10.77.{number}.2");
        var (link, router) = ($"ser{number}", $"10.77.{number}.1");
        Script.Run("ip", "netns", "add", place.Name);
        Script.Run("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", place.Name);
        Script.Run("ip", "address", "add", $"{router}/24", "dev", link);
        Script.Run("ip", "link", "set", link, "up");
        Script.Run("ip", "-n", place.Name, "address", "add", $"{place.Address}/24", "dev", "eth0");
        Script.Run("ip", "-n", place.Name, "link", "set", "eth0", "up");
        Script.Run("ip", "-n", place.Name, "link", "set", "lo", "up");
        // Not the default route: there is no server of names behind it, and questions to none would wait for an answer.
        Script.Run("ip", "-n", place.Name, "route", "add", Network, "via", router);
        return place;
    }

    private static void Rule(string change, string from, string to) =>
        Script.Run("ip", "rule", change, "blackhole", "from", from, "to", to);
}
