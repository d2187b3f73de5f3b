using System.Diagnostics;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The program's folder, copied to a bare machine: no SDK, no network, no home folder.</summary>
public sealed class DistributionTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private const string Unshare = "/usr/bin/unshare";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Folder_HoldsTheProgramAndNothingOfTheSdk()
    {
        var files = Directory.GetFiles(SerProgram.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(SerProgram.Folder, file))
            .Where(file => !file.StartsWith("wwwroot/assets/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        files.ShouldBe(
        [
            "THIRD-PARTY-NOTICES.md", "libe_sqlite3.so", "libonnxruntime.so", "libonnxruntime_providers_shared.so",
            "models/compact/LICENSE", "models/compact/MODEL_CARD.md", "models/compact/encoder.onnx", "models/compact/head.json",
            "models/compact/model.json", "models/compact/speech-head.json", "models/vad/LICENSE", "models/vad/MODEL_CARD.md", "ser",
            "ser-server", "wwwroot/index.html",
        ]);
    }

    [Theory, InlineData(null), InlineData("/proc/no-such-home")]
    public void Recognize_NoNetworkNoSdkNoHome_Answers(string? home)
    {
        Assert.SkipUnless(File.Exists(Unshare), $"{Unshare} is not installed.");
        var can = ProgramRun.Of(new ProcessStartInfo(Unshare, ["-n", "/bin/true"]));
        Assert.SkipWhen(can.ExitCode != 0, $"An empty network namespace is not permitted here: {can.Errors}");
        // cp copies it: a file that this process writes cannot be run while a child of another test has inherited its handle.
        ProgramRun.Of(new ProcessStartInfo("cp", ["-r", SerProgram.Folder, _folder.File("copy")])).ExitCode.ShouldBe(0);
        var recording = _folder.Lay("speech.wav");
        var start = new ProcessStartInfo(Unshare, ["-n", "./ser", "recognize", "--json", recording])
        {
            WorkingDirectory = _folder.File("copy"),
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/nonexistent";
        if (home is not null)
            start.Environment["HOME"] = home;

        var run = ProgramRun.Of(start);

        run.ExitCode.ShouldBe(0, run.Errors);
        var line = run.Lines.ShouldHaveSingleItem();
        line.GetProperty("model").GetProperty("id").GetString().ShouldBe("compact");
        line.GetProperty("emotion").GetString().ShouldBe("neutral");
    }

    [Fact]
    public void Recognize_LeavesNothingOnTheMachine()
    {
        // The inference engine would keep its telemetry in these folders.
        string[] places = ["home", "tmp", "cache", "config", "data"];
        foreach (var place in places)
            Directory.CreateDirectory(_folder.File(place));
        var start = ser.Prepare(_folder, "recognize", Recordings.Speech);
        start.Environment.Remove("SER_HOME");
        start.Environment["HOME"] = _folder.File("home");
        start.Environment["TMPDIR"] = _folder.File("tmp");
        start.Environment["XDG_CACHE_HOME"] = _folder.File("cache");
        start.Environment["XDG_CONFIG_HOME"] = _folder.File("config");
        start.Environment["XDG_DATA_HOME"] = _folder.File("data");

        ProgramRun.Of(start).ExitCode.ShouldBe(0);

        Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order()
            .ShouldBe(places.Select(_folder.File).Order());
    }

    public void Dispose() => _folder.Dispose();
}
