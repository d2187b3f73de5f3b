using System.Globalization;
using System.Net.Sockets;

namespace SpeechEmotion.Bench;

/// <summary>
/// One or three nodes of RabbitMQ in a folder of their own, which <c>scripts/rabbitmq.sh</c> of the current folder starts.
/// </summary>
internal sealed class TrialBroker : IDisposable
{
    private const string Program = "scripts/rabbitmq.sh";
    /// <summary>The queue with a ticket for each chunk that waits.</summary>
    private const string Queue = "ser.chunks";

    private readonly string _folder;
    private readonly int _nodes;
    private readonly int _port;

    private TrialBroker(string folder, int nodes, IReadOnlyList<NetworkPlace> places)
    {
        (_folder, _nodes, _port) = (folder, nodes, FreePorts(nodes));
        Address = "amqp://" + string.Join(',', Enumerable.Range(0, nodes)
            .Select(node => $"{(places.Count == 0 ? "127.0.0.1" : places[node].Address)}:{_port + node}"));
    }

    /// <summary>The address for the product.</summary>
    public string Address { get; }

    /// <summary>Starts new nodes.</summary>
    /// <param name="folder">A new folder.</param>
    /// <param name="nodes">1 or 3.</param>
    /// <param name="places">A machine for each node; none for this one.</param>
    public static TrialBroker Start(string folder, int nodes = 3, params IReadOnlyList<NetworkPlace> places)
    {
        var broker = new TrialBroker(folder, nodes, places);
        Directory.CreateDirectory(folder);
        if (places.Count > 0)
            File.WriteAllLines(Path.Combine(folder, "places"), places.Select(place => $"{place.Name} {place.Address}"));
        broker.StartAgain();
        return broker;
    }

    /// <summary>The process of the first node.</summary>
    public int Id => int.Parse(File.ReadAllText(Path.Combine(_folder, "n1", "pid")), CultureInfo.InvariantCulture);

    /// <summary>The port of a node.</summary>
    /// <param name="node">Its number, from 0.</param>
    public int PortOf(int node) => _port + node;

    /// <summary>The number of the node, from 0, that leads the queue of chunks.</summary>
    public int FindLeader() => int.Parse(Script.Read(Program, "leader", _folder, Queue), CultureInfo.InvariantCulture) - 1;

    /// <summary>Kills a node as a crash does.</summary>
    /// <param name="node">Its number, from 0.</param>
    public void Kill(int node) => Script.Run(Program, "kill", _folder, $"{node + 1}");

    /// <summary>Kills all nodes and deletes their data.</summary>
    public void Wipe() => Script.Run(Program, "wipe", _folder);

    /// <summary>Starts the nodes that do not run.</summary>
    public void StartAgain() => Script.Run(Program, "start", _folder, $"{_port}", $"{_nodes}", "loopback_users.guest = false");

    public void Dispose() => Script.Run(Program, "stop", _folder);

    private static int FreePorts(int count)
    {
        while (true)
        {
            var first = BatchServer.FreePort();
            if (Enumerable.Range(first + 1, count - 1).All(IsFree))
                return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(System.Net.IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
