using System.Diagnostics;
using System.Globalization;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary>
/// Runs the program in a network namespace without a route, which counts every packet sent outside (<c>OutNoRoutes</c>): only
/// <c>pull</c> sends any.
/// </summary>
public sealed class OfflineTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private const string Unshare = "/usr/bin/unshare";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Commands_WithoutANetwork_SendNoPackets()
    {
        RequireNamespaces();
        string[][] commands =
        [
            ["version"], ["info", Recordings.Speech], ["models", "list"], ["models", "import", Recordings.Model("tiny-f16")],
            ["models", "show", "tiny-f16"], ["models", "verify", "tiny-f16"], ["recognize", "--json", Recordings.Speech],
            ["recognize", "--model", "tiny-f16", "--output", "outputs", Recordings.Speech],
            ["models", "gc"], ["models", "remove", "tiny-f16"],
        ];
        foreach (var command in commands)
        {
            var (run, attempts) = Run(command);
            run.ExitCode.ShouldBe(0, $"{string.Join(' ', command)}: {run.Errors}");
            attempts.ShouldBe(0, string.Join(' ', command));
        }
    }

    [Fact]
    public void Pull_WithoutANetwork_TriesToConnectAndFails()
    {
        RequireNamespaces();

        var (run, attempts) = Run("models", "pull", "emotion2vec_plus_base", "--mirror", "http://192.0.2.1", "--lang", "zh");

        attempts.ShouldBeGreaterThan(0);
        run.ExitCode.ShouldBe(3);
        run.Errors.ShouldContain("192.0.2.1");
        run.Errors.ShouldContain("[download.unreachable]");
    }

    [Fact]
    public void Serve_WithoutANetwork_SendsNoPackets()
    {
        RequireNamespaces();
        // Enables only the loopback interface; then uses the page and the API as before any download.
        const string Script = """
            /usr/bin/python3 -c '
            import fcntl, socket, struct
            fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh14x", b"lo", 1))' || exit 9
            "$1" serve --port 7860 > log 2>&1 & server=$!
            curl -sf --retry 100 --retry-delay 1 --retry-all-errors http://127.0.0.1:7860/health/ready &&
            curl -sf http://127.0.0.1:7860/ > page &&
            curl -sf http://127.0.0.1:7860/api/v1/models &&
            curl -sf http://127.0.0.1:7860/api/v1/system &&
            curl -sf -F "file=@$2" http://127.0.0.1:7860/api/v1/recognitions
            code=$?
            kill -TERM $server; wait $server
            exit $code
            """;

        var (run, attempts) = Counted("/bin/sh", "-c", Script, "sh", SerProgram.Executable, Recordings.Speech);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("\"emotion\":\"neutral\"");
        attempts.ShouldBe(0);
    }

    public void Dispose() => _folder.Dispose();

    private static void RequireNamespaces()
    {
        Assert.SkipUnless(File.Exists(Unshare), $"{Unshare} is not installed.");
        var can = ProgramRun.Of(new ProcessStartInfo(Unshare, ["-n", "/bin/true"]));
        Assert.SkipWhen(can.ExitCode != 0, $"An empty network namespace is not permitted here: {can.Errors}");
    }

    private (ProgramRun Run, int Attempts) Run(params string[] arguments) => Counted([SerProgram.Executable, .. arguments]);

    private (ProgramRun Run, int Attempts) Counted(params string[] command)
    {
        var counted = _folder.File("counted");
        var start = ser.Prepare(_folder, []);
        start.FileName = Unshare;
        string[] line = ["-n", "/bin/sh", "-c", $"\"$@\"; code=$?; grep ^Ip: /proc/net/snmp > {counted}; exit $code", "sh", .. command];
        foreach (var argument in line)
            start.ArgumentList.Add(argument);
        var run = ProgramRun.Of(start);
        string[][] rows = [.. File.ReadAllLines(counted).Select(row => row.Split(' '))];
        return (run, int.Parse(rows[1][Array.IndexOf(rows[0], "OutNoRoutes")], CultureInfo.InvariantCulture));
    }
}
