using System.Diagnostics;
using System.Globalization;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary>
/// The program in a network without a way out, which counts every packet that looks for one (<c>OutNoRoutes</c>): nothing but
/// <c>pull</c> ever does.
/// </summary>
[Collection(SerTests.Name)]
public sealed class OfflineTests(SerProgram ser) : IDisposable
{
    private const string Unshare = "/usr/bin/unshare";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Commands_WithoutANetwork_NeverLookForOne()
    {
        RequireNamespaces();
        string[][] commands =
        [
            ["version"], ["info", Recordings.Speech], ["models", "list"], ["models", "import", Recordings.Model("tiny-f16")], ["models", "show", "tiny-f16"],
            ["models", "verify", "tiny-f16"], ["recognize", "--json", Recordings.Speech], ["recognize", "--model", "tiny-f16", "--output", "outputs", Recordings.Speech],
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
    public void Pull_WithoutANetwork_LooksForOneAndSaysSo()
    {
        RequireNamespaces();

        var (run, attempts) = Run("models", "pull", "emotion2vec_plus_base", "--mirror", "http://192.0.2.1", "--lang", "zh");

        attempts.ShouldBeGreaterThan(0);
        run.ExitCode.ShouldBe(3);
        run.Errors.ShouldContain("192.0.2.1");
        run.Errors.ShouldContain("[download.unreachable]");
    }

    public void Dispose() => _folder.Dispose();

    private static void RequireNamespaces()
    {
        Assert.SkipUnless(File.Exists(Unshare), $"{Unshare} is not installed.");
        var can = ProgramRun.Of(new ProcessStartInfo(Unshare, ["-n", "/bin/true"]));
        Assert.SkipWhen(can.ExitCode != 0, $"An empty network namespace is not permitted here: {can.Errors}");
    }

    private (ProgramRun Run, int Attempts) Run(params string[] arguments)
    {
        var counted = _folder.File("counted");
        var start = ser.Prepare(_folder, []);
        start.FileName = Unshare;
        string[] line = ["-n", "/bin/sh", "-c", $"\"$@\"; code=$?; grep ^Ip: /proc/net/snmp > {counted}; exit $code", "sh", SerProgram.Executable, .. arguments];
        foreach (var argument in line)
            start.ArgumentList.Add(argument);
        var run = ProgramRun.Of(start);
        string[][] rows = [.. File.ReadAllLines(counted).Select(row => row.Split(' '))];
        return (run, int.Parse(rows[1][Array.IndexOf(rows[0], "OutNoRoutes")], CultureInfo.InvariantCulture));
    }
}
