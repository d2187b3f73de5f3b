using System.Diagnostics;
using System.Globalization;

namespace SpeechEmotion.Bench;

/// <summary>A node of RabbitMQ in a folder of its own, which <c>scripts/rabbitmq.sh</c> of the current folder starts.</summary>
internal sealed class TrialBroker : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"ser-bench-rabbitmq-{Environment.ProcessId}");
    private readonly int _port = BatchServer.FreePort();

    private TrialBroker()
    {
    }

    /// <summary>Starts a new node.</summary>
    public static TrialBroker Start()
    {
        var broker = new TrialBroker();
        Run("start", broker._folder, $"{broker._port}");
        return broker;
    }

    /// <summary>The address for the product.</summary>
    public string Address => $"amqp://127.0.0.1:{_port}";

    /// <summary>The process of the node.</summary>
    public int Id => int.Parse(File.ReadAllText(Path.Combine(_folder, "n1", "pid")), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        Run("stop", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private static void Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("scripts/rabbitmq.sh", arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"scripts/rabbitmq.sh {string.Join(' ', arguments)} failed.");
    }
}
