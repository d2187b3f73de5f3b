using System.Net;
using System.Net.Sockets;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio;

/// <summary>The batch script that was published for the system that this one replaces.</summary>
public sealed class SeedScriptTests
{
    private const int Port = 7860;
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task Server_BatchScript_RunsUnchanged()
    {
        Assert.SkipWhen(Repository.Shared is null, "the script is in the larger data folder");
        var hasRequests = File.Exists(Python) && ProgramRun.Of(new(Python, ["-c", "import requests"])).ExitCode == 0;
        Assert.SkipUnless(hasRequests, "Debian's python3-requests is missing");
        var script = Path.Combine(Repository.Shared!, "seed", "batch.py");
        using var folder = new TemporaryFolder();
        Prepare(folder.File("input_audios"));
        var isFree = IsFree(Port);
        await using var server = await RunningServer.StartAsync([("Port", isFree ? $"{Port}" : "0")]);
        if (!isFree)
            script = Rewrite(script, folder.File("batch.py"), server.Url);

        var run = await Task.Run(() => ProgramRun.Of(new(Python, [script])
        {
            WorkingDirectory = folder.Path,
            Environment = { ["PYTHONIOENCODING"] = "utf-8" },
        }));

        run.ExitCode.ShouldBe(0, run.Errors);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Where(line => line.StartsWith("[SUCCESS]", StringComparison.Ordinal)).Order()
            .ShouldBe(["[SUCCESS] a.wav", "[SUCCESS] b.mp3", "[SUCCESS] 录音.wav"], ignoreOrder: true);
        var failed = lines.Where(line => !line.StartsWith("[SUCCESS]", StringComparison.Ordinal)).ShouldHaveSingleItem();
        failed.ShouldStartWith("[FAILED] corrupt.wav: {\"error\":\"");
        failed.ShouldContain("corrupt.wav", customMessage: failed);
        server.Folders.Length.ShouldBe(3);
        server.Folders.ShouldAllBe(name => File.Exists(Path.Combine(server.Output, name, "result.json")));
    }

    private static void Prepare(string inputs)
    {
        Directory.CreateDirectory(inputs);
        File.WriteAllBytes(Path.Combine(inputs, "a.wav"), Recordings.Speech);
        File.WriteAllBytes(Path.Combine(inputs, "录音.wav"), Recordings.Noise(2));
        File.WriteAllBytes(Path.Combine(inputs, "corrupt.wav"), [.. Recordings.Speech[..20], .. Recordings.Noise(1)[20..40]]);
        File.WriteAllText(Path.Combine(inputs, "notes.txt"), "no recording");
        ProgramRun.Of(new("ffmpeg", ["-v", "error", "-i", Recordings.SpeechPath, Path.Combine(inputs, "b.mp3")])).ExitCode.ShouldBe(0);
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Changes only the port in the script, because another program uses it.</summary>
    private static string Rewrite(string script, string copy, string url)
    {
        File.WriteAllText(copy, File.ReadAllText(script).Replace($"localhost:{Port}", new Uri(url).Authority, StringComparison.Ordinal));
        return copy;
    }
}
