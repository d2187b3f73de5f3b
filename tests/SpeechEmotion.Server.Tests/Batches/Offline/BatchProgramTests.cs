using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Batches.Offline;

public sealed class BatchProgramTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Folder_WritesTablesAndReport()
    {
        _folder.LaySpeech(2);
        await File.WriteAllTextAsync(_folder.Recording("damaged.wav"), "RIFF", Ct);
        await File.WriteAllTextAsync(_folder.Recording("notes.txt"), "no recording", Ct);

        var end = await BatchProcess.RunAsync(_folder.Request, _folder.Recordings);

        end.ExitCode.ShouldBe(1);
        end.Errors.ShouldContain("notes.txt");
        end.Outcomes.ShouldBe(
        [
            (_folder.Recording("0000.wav"), "angry"), (_folder.Recording("0001.wav"), "angry"),
            (_folder.Recording("damaged.wav"), "audio.unsupported_format"),
        ]);
        (await File.ReadAllLinesAsync(_folder.Result("results.csv"), Ct)).Length.ShouldBe(3);
        (await File.ReadAllTextAsync(_folder.Result("failed.csv"), Ct)).ShouldContain("audio.unsupported_format");
        (await File.ReadAllLinesAsync(_folder.Result("results.jsonl"), Ct)).Length.ShouldBe(3);
        foreach (var file in (string[])["results.parquet", "summary.json", "report.html"])
            File.Exists(_folder.Result(file)).ShouldBeTrue(file);
    }

    [Fact]
    public async Task Run_Again_ProcessesNothing()
    {
        _folder.LaySpeech(2);
        await BatchHere.RunAsync(_folder.Request, _folder.Recordings);
        var before = await File.ReadAllBytesAsync(_folder.Result("results.parquet"), Ct);

        var end = await BatchHere.RunAsync(_folder.Request, _folder.Recordings);

        end.ExitCode.ShouldBe(0);
        end.Outcomes.ShouldBeEmpty();
        end.Errors.ShouldContain("2 recordings are done");
        (await File.ReadAllBytesAsync(_folder.Result("results.parquet"), Ct)).ShouldBe(before);
    }

    [Fact]
    public async Task Run_Again_ProcessesNewAndChangedRecordings()
    {
        _folder.LaySpeech(3);
        await BatchHere.RunAsync(_folder.Request, _folder.Recordings);
        _folder.LaySpeech(first: 3, count: 1);
        await File.WriteAllBytesAsync(_folder.Recording("0001.wav"), Recordings.Noise(1), Ct);
        File.SetLastWriteTimeUtc(_folder.Recording("0002.wav"), DateTime.UnixEpoch);

        var end = await BatchHere.RunAsync(_folder.Request, _folder.Recordings);

        end.Outcomes.Select(outcome => Path.GetFileName(outcome.File)).ShouldBe(["0001.wav", "0003.wav"]);
        (await File.ReadAllLinesAsync(_folder.Result("results.csv"), Ct)).Length.ShouldBe(5);
    }

    [Fact]
    public async Task Run_SameBytesTwice_ProcessesThemOnce()
    {
        _folder.LaySpeech(1);
        File.Copy(_folder.Recording("0000.wav"), _folder.Recording("copy.wav"));

        await BatchHere.RunAsync(_folder.Request, _folder.Recordings);

        var rows = await File.ReadAllLinesAsync(_folder.Result("results.csv"), Ct);
        rows[1].ShouldEndWith(",");
        rows[2].ShouldEndWith(",0");
        rows[2].ShouldContain("copy.wav");
    }

    [Fact]
    public async Task Run_RetryFailed_ProcessesRepairedRecordings()
    {
        _folder.LaySpeech(1);
        await File.WriteAllTextAsync(_folder.Recording("damaged.wav"), "RIFF", Ct);
        var stamp = File.GetLastWriteTimeUtc(_folder.Recording("damaged.wav"));
        (await BatchHere.RunAsync(_folder.Request, _folder.Recordings)).ExitCode.ShouldBe(1);
        (await BatchHere.RunAsync(_folder.Request, _folder.Recordings)).Outcomes.ShouldBeEmpty();

        var end = await BatchHere.RunAsync(_folder.Request with { RetryFailed = true }, _folder.Recordings);
        end.Outcomes.ShouldBe([(_folder.Recording("damaged.wav"), "audio.unsupported_format")]);
        File.Copy(Recordings.SpeechPath, _folder.Recording("damaged.wav"), overwrite: true);
        File.SetLastWriteTimeUtc(_folder.Recording("damaged.wav"), stamp);
        var repaired = await BatchHere.RunAsync(_folder.Request with { RetryFailed = true }, _folder.Recordings);

        repaired.ExitCode.ShouldBe(0);
        File.Exists(_folder.Result("failed.csv")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(false, "source.url_not_allowed")]
    [InlineData(true, "url.refused")]
    public async Task Run_ManifestWithAPrivateAddress_IsRefused(bool allow, string code)
    {
        await File.WriteAllTextAsync(_folder.File("list.csv"), "url\nhttp://127.0.0.1:9/a.wav\n", Ct);

        await BatchHere.RunAsync(_folder.Request with { AllowUrls = allow }, _folder.File("list.csv"));

        (await File.ReadAllTextAsync(_folder.Result("failed.csv"), Ct)).ShouldContain(code);
    }

    [Fact]
    public async Task Run_OtherOptions_AreRefusedUnlessTheBatchRestarts()
    {
        _folder.LaySpeech(1);
        await BatchHere.RunAsync(_folder.Request, _folder.Recordings);
        var other = _folder.Request with { Options = new() { Model = "compact", Embedding = true } };

        var refused = await BatchHere.RunAsync(other, _folder.Recordings);
        var restarted = await BatchHere.RunAsync(other with { Restart = true }, _folder.Recordings);

        (refused.ExitCode, refused.Error).ShouldBe((1, "batch.other_options"));
        restarted.ExitCode.ShouldBe(0);
        File.Exists(_folder.Result("embeddings.npy")).ShouldBeTrue();
    }

    [Fact]
    public async Task Run_ArchiveManifestAndMetadata_ReadsAll()
    {
        _folder.LaySpeech(2);
        System.IO.Compression.ZipFile.CreateFromDirectory(_folder.Recordings, _folder.File("calls.zip"));
        _folder.LaySpeech(first: 2, count: 1);
        var row = "recordings/0002.wav,Anna\n";
        await File.WriteAllTextAsync(_folder.File("list.csv"), $"path,speaker\n{row}{row}", Ct);
        await File.WriteAllTextAsync(_folder.File("more.csv"), "path,role\n0000.wav,agent\n0002.wav,customer\n,supervisor\n", Ct);

        var end = await BatchHere.RunAsync(
            _folder.Request with { Metadata = _folder.File("more.csv") }, _folder.File("calls.zip"), _folder.File("list.csv"));

        end.ExitCode.ShouldBe(0);
        end.Outcomes.Length.ShouldBe(3);
        (end.Events[^1].GetProperty("repeated").GetInt32(), end.Events[^1].GetProperty("bad_rows").GetInt32()).ShouldBe((1, 1));
        end.Errors.ShouldContain("0 failed, 1 named again");
        end.Errors.ShouldContain("Ignored 1 metadata row that names no recording.");
        var rows = await File.ReadAllLinesAsync(_folder.Result("results.csv"), Ct);
        rows[0].ShouldEndWith("meta_role,meta_speaker");
        rows.Single(row => row.Contains("calls.zip/0000.wav", StringComparison.Ordinal)).ShouldEndWith("agent,");
        rows.Single(row => row.Contains("calls.zip/0001.wav", StringComparison.Ordinal)).ShouldEndWith(",,");
        rows[3].ShouldEndWith("customer,Anna");
        Directory.Exists(Path.Combine(_folder.Output, ".ser", "unpacked")).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_Limit_ReadsOnlyTheFirst()
    {
        _folder.LaySpeech(3);

        (await BatchHere.RunAsync(_folder.Request with { Limit = 2 }, _folder.Recordings)).Outcomes.Length.ShouldBe(2);

        (await BatchHere.RunAsync(_folder.Request, _folder.Recordings)).Outcomes.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Run_Dry_WritesNothing()
    {
        _folder.LaySpeech(3);

        var run = ProgramRun.Of(new(
            ServerProcess.Program,
            [
                "batch", JsonSerializer.Serialize(
                    _folder.Request with { DryRun = true, Json = false }, Options.BatchJsonContext.Default.BatchRequest),
                _folder.Recordings,
            ]));

        run.Output.ShouldContain("3 recordings");
        Directory.Exists(_folder.Output).ShouldBeFalse();
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Run_NoRecordings_Fails()
    {
        var end = await BatchHere.RunAsync(_folder.Request, _folder.Recordings);

        (end.ExitCode, end.Error).ShouldBe((1, null));
    }

    [Fact]
    public async Task Run_MissingSource_FailsBeforeItBegins()
    {
        var end = await BatchHere.RunAsync(_folder.Request, _folder.File("nothing"));

        (end.ExitCode, end.Error).ShouldBe((1, "source.not_found"));
    }

    [Fact]
    public async Task Run_UnknownModel_EndsWithModelTrouble()
    {
        _folder.LaySpeech(1);

        var end = await BatchHere.RunAsync(_folder.Request with { Options = new() { Model = "nonsense" } }, _folder.Recordings);

        end.ExitCode.ShouldBe(3);
    }

    public void Dispose() => _folder.Dispose();
}
