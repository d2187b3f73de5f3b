using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A real RabbitMQ server or cluster on free ports, which <c>scripts/rabbitmq.sh</c> starts.</summary>
internal sealed class RabbitServer : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(Repository.Root, "scripts", "rabbitmq.sh");

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"ser-rabbit-{Guid.NewGuid():N}");
    private readonly int _nodes;
    private readonly int _port;
    private readonly string[] _settings;
    private readonly Process _end;

    private RabbitServer(int nodes, string[] settings)
    {
        (_nodes, _port, _settings) = (nodes, FreePorts(nodes), settings);
        // Ends the server when its standard input closes, which it also does when the tests are killed.
        const string Commands = "read -r _; \"$0\" stop \"$1\"; rm -rf \"$1\"";
        _end = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Commands, Script, _folder]) { RedirectStandardInput = true })!;
    }

    /// <summary>The address, with the default virtual host; of a cluster, with all its nodes.</summary>
    public string Address => $"amqp://guest:guest@{Hosts}" + (_nodes == 1 ? "" : "/");

    private string Hosts => string.Join(',', Enumerable.Range(_port, _nodes).Select(port => $"127.0.0.1:{port}"));

    /// <summary>Starts a new server.</summary>
    /// <param name="nodes">1, or 3 for a cluster.</param>
    /// <param name="settings">Lines of its configuration, for example <c>consumer_timeout = 60000</c>.</param>
    public static RabbitServer Start(int nodes = 1, params string[] settings)
    {
        var server = new RabbitServer(nodes, settings);
        try
        {
            server.Start();
            return server;
        }
        catch
        {
            server.End();
            throw;
        }
    }

    /// <summary>The address of a virtual host; nothing checks whether it exists.</summary>
    public string AddressOf(string host) => $"amqp://guest:guest@{Hosts}/{host}";

    /// <summary>Starts the nodes again that do not run.</summary>
    public void Start() => Run(["start", _folder, $"{_port}", $"{_nodes}", .. _settings]);

    /// <summary>Kills a node as a crash does.</summary>
    /// <param name="node">From 1.</param>
    public void Kill(int node = 1) => Run(["kill", _folder, $"{node}"]);

    /// <summary>The node, from 1, that leads a quorum queue of the default virtual host.</summary>
    public int LeaderOf(string queue) => int.Parse(Answer(["leader", _folder, queue]), CultureInfo.InvariantCulture);

    /// <summary>Kills all nodes and deletes their data; then <see cref="Start()"/> gives an empty server.</summary>
    public void Wipe() => Run(["wipe", _folder]);

    /// <summary>Runs <c>rabbitmqctl</c> for the first node.</summary>
    /// <returns>What it prints.</returns>
    public string Control(params string[] arguments) => Answer(["ctl", _folder, "1", .. arguments]);

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    private void End()
    {
        _end.StandardInput.Close();
        _end.WaitForExit();
        _end.Dispose();
    }

    private static string Answer(string[] arguments)
    {
        var run = ProgramRun.Of(new(Script, arguments));
        return run.ExitCode == 0 ? run.Output : throw Failure(arguments, run.Errors);
    }

    private static void Run(string[] arguments)
    {
        // Without pipes: what the script says belongs to the log of the tests.
        using var process = Process.Start(new ProcessStartInfo(Script, arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw Failure(arguments, "");
    }

    private static InvalidOperationException Failure(string[] arguments, string errors) =>
        new($"{Script} {string.Join(' ', arguments)} failed. ./test.sh installs RabbitMQ. {errors}");

    /// <summary>The first of ports that are free and follow each other.</summary>
    private static int FreePorts(int count)
    {
        while (true)
        {
            var port = FreePort(0);
            if (Enumerable.Range(port + 1, count - 1).All(next => FreePort(next) == next))
                return port;
        }
    }

    /// <returns>0 if the port is in use.</returns>
    private static int FreePort(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
