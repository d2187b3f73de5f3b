using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>The server as a separate process that can be killed.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    public const string Kill = "KILL";
    public const string Terminate = "TERM";

    private readonly Process _process;
    private readonly StringBuilder _output = new(), _errors = new();

    private ServerProcess(Process process) => _process = process;

    /// <summary>The program as distributed: it starts in two thirds of the time of the one that is built beside the tests.</summary>
    public static string Program => PublishedProgram.Server;

    /// <summary>Identifier of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The output so far.</summary>
    public string Text
    {
        get
        {
            lock (_output)
                return $"{_output}{_errors}";
        }
    }

    /// <summary>The address of the server; null before it listens.</summary>
    public string? Url => UrlPattern().Match(Text) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Starts a server on a free port, unless the arguments name one.</summary>
    public static ServerProcess Start(string output, params string[] arguments)
    {
        string[] port = arguments.Contains("--port") ? [] : ["--port", "0"];
        return Run(["--output", output, "--model", "compact", .. port, .. arguments]);
    }

    /// <summary>Variables of the environment of the programs that the current test starts.</summary>
    public static AsyncLocal<IReadOnlyDictionary<string, string>?> Variables { get; } = new();

    /// <summary>Starts a worker.</summary>
    /// <param name="database">Address of the database.</param>
    /// <param name="files">The output folder of its server.</param>
    /// <param name="arguments">Further arguments.</param>
    public static ServerProcess Work(string database, string files, params string[] arguments) =>
        Run(["worker", "--database", database, "--files", files, "--model", "compact", .. arguments]);

    private static ServerProcess Run(string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments);
        foreach (var (name, value) in Variables.Value ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = ProgramRun.Start(start);
        var server = new ServerProcess(process);
        process.OutputDataReceived += (_, line) => server.Add(server._output, line.Data);
        process.ErrorDataReceived += (_, line) => server.Add(server._errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Starts the server and waits until it listens.</summary>
    public static async Task<ServerProcess> ListeningAsync(string output, params string[] arguments)
    {
        var server = Start(output, arguments);
        await Until.True(() => server.Url is not null || server._process.HasExited);
        return server.Url is null ? throw new InvalidOperationException(server.Text) : server;
    }

    /// <summary>Sends a signal and waits until the process exits; fails if it does not.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> EndAsync(string signal)
    {
        ProgramRun.Of(new ProcessStartInfo("kill", [$"-{signal}", $"{_process.Id}"]));
        await _process.EndAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Add(StringBuilder text, string? line)
    {
        lock (_output)
            text.Append(line).Append('\n');
    }

    [GeneratedRegex(@"serves (http://\S+)")]
    private static partial Regex UrlPattern();
}
