using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Shouldly;
using SpeechEmotion.Tests.Downloads;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class PullTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private const string Name = "emotion2vec_plus_seed";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Pull_FromAHub_PrintsTheDownloadAndRecognizesWithIt()
    {
        await using var hub = await HubServer.StartAsync(Recordings.Model("tiny-f16"));

        var pull = ProgramRun.Of(Prepare(hub, "models", "pull", Name, "--from", "huggingface"));

        pull.ExitCode.ShouldBe(0, pull.Errors);
        pull.Errors.ShouldContain("license: FunASR model license");
        pull.Errors.ShouldContain($"Downloading {Name}: 100 %");
        pull.Output.ShouldContain("has the SHA-256 that its publisher names");
        var show = Run("models", "show", Name).Output;
        show.ShouldMatch(@"hash: \w{64}\n");
        show.ShouldContain($"downloaded from: {hub.Url}/emotion2vec/{Name}");
        Run("recognize", "--json", "--model", Name, Recordings.Speech).Lines.ShouldHaveSingleItem()
            .GetProperty("model").GetProperty("check").GetString().ShouldBe("publisher");
        var requests = hub.Requests.Count;

        ProgramRun.Of(Prepare(hub, "models", "pull", Name)).Errors.ShouldContain("the network was not used");

        hub.Requests.Count.ShouldBe(requests);
        Run("models", "remove", Name).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Pull_Partial_IsMarkedInShowAndInResults()
    {
        await using var hub = await HubServer.StartAsync(Recordings.Model("tiny-f16"));

        ProgramRun.Of(Prepare(hub, "models", "pull", Name, "--mirror", hub.Url, "--partial")).ExitCode.ShouldBe(0);

        Run("models", "show", Name).Output.ShouldContain("check: not checked against the publisher's hash");
        var recognize = Run("recognize", "--json", "--model", Name, Recordings.Speech);
        recognize.Errors.ShouldContain("not checked against the publisher's hash");
        recognize.Lines.ShouldHaveSingleItem().GetProperty("model").GetProperty("check").GetString().ShouldBe("parts");
        Run("models", "remove", Name).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Pull_KilledDuringTheDownload_Resumes()
    {
        // Two and a half pieces of the program's piece size; the third never arrives.
        File.WriteAllBytes(_folder.File("model.pt"), [.. "PK"u8, 3, 4, .. new byte[10_000_000]]);
        File.Copy(Path.Combine(Recordings.Model("tiny-f16"), "config.yaml"), _folder.File("config.yaml"));
        File.Copy(Path.Combine(Recordings.Model("tiny-f16"), "tokens.txt"), _folder.File("tokens.txt"));
        await using var hub = await HubServer.StartAsync(_folder.Path);
        hub.HasStorage = false;
        var waits = new TaskCompletionSource();
        var pull = Prepare(hub, "models", "pull", Name, "--from", "huggingface");
        var journal = Path.Combine(pull.Environment["SER_HOME"]!, "downloads", Name, "model.pt.part.journal");
        hub.Instead = async (context, file, _) =>
        {
            if (file != "model.pt" || context.Request.GetTypedHeaders().Range!.Ranges.Single().From is not > 8_000_000)
                return null;
            while (Noted(journal) < 2)
                await Task.Delay(10);
            waits.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        };
        using (var killed = ProgramRun.Start(pull))
        {
            await waits.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        hub.Instead = null;
        var before = hub.RequestedBytes("model.pt");

        var run = ProgramRun.Of(Prepare(hub, "models", "pull", Name, "--from", "huggingface"));

        // The finished pieces are not requested again; the file is still not a checkpoint.
        (hub.RequestedBytes("model.pt") - before).ShouldBe(10_000_004 - (2 * (4 << 20)));
        run.ExitCode.ShouldBe(3);
        run.Errors.ShouldContain("[checkpoint.");
        Run("models", "gc").Output.ShouldContain("interrupted download");
        Run("models", "gc").Output.ShouldBe("0.0 MB freed\n");
    }

    [Fact]
    public async Task Pull_Interrupted_ExplainsHowToResume()
    {
        await using var hub = await HubServer.StartAsync(Recordings.Model("tiny-f16"));
        var begun = new TaskCompletionSource();
        hub.Instead = async (context, file, _) =>
        {
            if (file != "model.pt")
                return null;
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        };
        using var process = ProgramRun.Start(Prepare(hub, "models", "pull", Name, "--from", "huggingface", "--lang", "zh"));
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        process.Interrupt();

        (await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("重新运行同一命令即可继续");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(130);
        Run("models", "gc").ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Pull_FullDisk_ReportsIt()
    {
        // A file system of 12 MB with less free space than the model and its import need.
        var script = $"""
            mount -t tmpfs -o size=12m none {_folder.Path} && mkdir {_folder.Path}/store &&
            head -c 7500000 /dev/zero > {_folder.Path}/ballast &&
            SER_HOME={_folder.Path}/store exec {SerProgram.Executable} "$@"
            """;
        var can = ProgramRun.Of(new("/usr/bin/unshare", ["-m", "/bin/sh", "-c", $"mount -t tmpfs none {_folder.Path}"]));
        Assert.SkipWhen(can.ExitCode != 0, $"Mounting is not permitted here: {can.Errors}");
        using var model = new TemporaryFolder();
        File.WriteAllBytes(model.File("model.pt"), new byte[3_000_000]);
        File.Copy(Path.Combine(Recordings.Model("tiny-f16"), "config.yaml"), model.File("config.yaml"));
        await using var hub = await HubServer.StartAsync(model.Path);
        var start = ser.Prepare(_folder, []);
        start.FileName = "/usr/bin/unshare";
        foreach (var argument in (string[])["-m", "/bin/sh", "-c", script, "ser", "models", "pull", Name, "--mirror", hub.Url])
            start.ArgumentList.Add(argument);

        var run = ProgramRun.Of(start);

        run.ExitCode.ShouldBe(3);
        run.Errors.ShouldContain("[download.no_space]");
    }

    [Fact]
    public async Task Pull_DiskFullDuringTheDownload_ReportsItAndResumesLater()
    {
        await using var hub = await HubServer.StartAsync(Recordings.Model("tiny-f16"));
        var start = Prepare(hub);
        start.FileName = "/bin/sh";
        // Limits every file to 100 KB.
        string[] arguments =
        [
            "-c", "trap '' XFSZ; ulimit -f 200; exec \"$@\"", "sh", SerProgram.Executable, "models", "pull", Name, "--from", "huggingface",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        var full = ProgramRun.Of(start);
        var run = ProgramRun.Of(Prepare(hub, "models", "pull", Name, "--from", "huggingface"));

        full.ExitCode.ShouldBe(3);
        full.Errors.ShouldContain("[download.not_written]");
        run.ExitCode.ShouldBe(0, run.Errors);
        Run("models", "remove", Name).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Pull_ProxyOfTheEnvironment_IsUsed()
    {
        await using var hub = await HubServer.StartAsync(Recordings.Model("tiny-f16"));
        hub.HasStorage = false;
        var start = Prepare(hub, "models", "pull", Name, "--from", "huggingface");
        start.Environment["HF_ENDPOINT"] = "http://hub.invalid";
        start.Environment["http_proxy"] = hub.Url;

        var run = ProgramRun.Of(start);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Errors.ShouldContain("http://hub.invalid/emotion2vec/");
        Run("models", "remove", Name).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("download.unknown_model", "emotion3vec")]
    [InlineData("download.unreachable", Name, "--mirror", "http://127.0.0.1:1")]
    [InlineData("download.bad_address", Name, "--from", "nowhere")]
    public void Pull_Wrong_Ends3WithItsCode(string code, params string[] arguments)
    {
        var run = Run(["models", "pull", .. arguments]);

        run.ExitCode.ShouldBe(3);
        run.Errors.ShouldContain($"[{code}]");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The finished pieces that the program has recorded; the first line identifies the file.</summary>
    private static int Noted(string journal)
    {
        using var file = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd().Count(c => c == '\n') - 1;
    }

    private ProgramRun Run(params string[] arguments) => ser.Run(_folder, arguments);

    private ProcessStartInfo Prepare(HubServer hub, params string[] arguments)
    {
        var start = ser.Prepare(_folder, arguments);
        start.Environment["HF_ENDPOINT"] = hub.Url;
        start.Environment["MODELSCOPE_DOMAIN"] = hub.Url;
        return start;
    }
}
