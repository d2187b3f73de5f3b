using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SpeechEmotion.Bench;

/// <summary>The built server in its own process, with its own output folder.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ser-bench-");

    /// <param name="program">Path of <c>ser-server</c>.</param>
    /// <param name="arguments">Arguments in addition to port and output folder.</param>
    public ServerProcess(string program, params string[] arguments)
    {
        var port = FreePort();
        string[] all = ["--port", $"{port}", "--output", Path.Combine(_folder.FullName, "outputs"), .. arguments];
        var start = new ProcessStartInfo(program, all)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        Client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseProxy = false })
        {
            BaseAddress = new($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromMinutes(5),
        };
        Live = Clock.Seconds(() => Await("/health/live"));
        Ready = Live + Clock.Seconds(() => Await("/health/ready"));
    }

    /// <summary>Starts the server with the compact model, or with that of a FunASR folder.</summary>
    public static ServerProcess Of(string program, string? modelDirectory) => modelDirectory is null
        ? new(program, "--model", Models.ModelCatalogue.Compact)
        : new(program, "--model-dir", modelDirectory);

    public HttpClient Client { get; }

    /// <summary>The address for WebSockets.</summary>
    public Uri Address => new UriBuilder(Client.BaseAddress!) { Scheme = "ws" }.Uri;

    /// <summary>Seconds from the process's start to its first answer.</summary>
    public double Live { get; }

    /// <summary>Seconds from the process's start until its model has run once.</summary>
    public double Ready { get; }

    /// <summary>The CPU time used so far, in seconds.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>The private memory now, in MB.</summary>
    public double PrivateMegabytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(text => text.StartsWith("RssAnon:", StringComparison.Ordinal));
            return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Await(string path)
    {
        while (!_process.HasExited)
        {
            try
            {
                using var answer = Client.Send(new(HttpMethod.Get, path));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // The server does not listen yet.
            }
            Thread.Sleep(5);
        }
        throw new InvalidOperationException($"The server exited: {_process.StandardError.ReadToEnd()}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
