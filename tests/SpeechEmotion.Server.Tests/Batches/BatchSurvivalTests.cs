using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Batches;

/// <summary>What a batch survives: kills, crashes, lost folders, full disks. bench/ has the long form.</summary>
public sealed class BatchSurvivalTests : IDisposable
{
    /// <summary>Enough recordings to keep a batch running after the test reads its first outcome.</summary>
    private const int Many = 300;

    private static readonly string[] Exports = ["results.csv", "results.jsonl", "results.parquet"];

    private readonly BatchFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_ThreeTimes_GivesTheExportsOfAnUndisturbedRun()
    {
        _folder.LaySpeech(120);
        var calm = BatchProcess.Request(_folder.File("calm"));
        (await BatchProcess.RunAsync(calm, _folder.Recordings)).ExitCode.ShouldBe(0);
        for (var kill = 1; kill <= 3; kill++)
        {
            using var batch = BatchProcess.Start(_folder.Request, _folder.Recordings);
            await batch.ItemsAsync(15 * kill);
            batch.Kill();
            await batch.EndAsync();
        }

        var end = await BatchProcess.RunAsync(_folder.Request, _folder.Recordings);

        end.ExitCode.ShouldBe(0);
        end.Outcomes.Length.ShouldBeLessThan(120);
        foreach (var file in Exports)
            (await File.ReadAllBytesAsync(_folder.Result(file), Ct)).ShouldBe(
                await File.ReadAllBytesAsync(Path.Combine(calm.Output, file), Ct), file);
    }

    [Fact]
    public async Task Interrupt_EndsAfterTheRunningRecordings_AndTheNextRunContinues()
    {
        _folder.LaySpeech(Many);
        using var batch = BatchProcess.Start(_folder.Request, _folder.Recordings);
        await batch.ItemsAsync(1);
        batch.Interrupt();

        var interrupted = await batch.EndAsync();
        var end = await BatchProcess.RunAsync(_folder.Request, _folder.Recordings);

        interrupted.ExitCode.ShouldBe(130);
        interrupted.Errors.ShouldContain("The same command continues.");
        end.ExitCode.ShouldBe(0);
        (interrupted.Outcomes.Length + end.Outcomes.Length).ShouldBe(Many);
    }

    [Fact]
    public async Task Crash_ThreeTimesOnOneRecording_SkipsItAndProcessesTheRest()
    {
        // So long that each kill meets it: the first of the batch, and alone from the second run on.
        await File.WriteAllBytesAsync(_folder.Recording("0.wav"), Recordings.Noise(1800), Ct);
        _folder.LaySpeech(3);
        for (var crash = 1; crash <= 3; crash++)
        {
            using var batch = BatchProcess.Start(_folder.Request, _folder.Recordings);
            await Until.True(() => batch.Events.Any(line => line.GetProperty("event").GetString() == "started"));
            await Task.Delay(TimeSpan.FromSeconds(2), Ct);
            batch.Kill();
            await batch.EndAsync();
        }

        var end = await BatchProcess.RunAsync(_folder.Request, _folder.Recordings);

        end.ExitCode.ShouldBe(1);
        (await File.ReadAllTextAsync(_folder.Result("failed.csv"), Ct)).ShouldContain("0.wav,worker.crashed");
        (await File.ReadAllLinesAsync(_folder.Result("results.csv"), Ct)).Length.ShouldBe(4);
    }

    [Fact]
    public async Task Folder_Disappears_PausesUntilItIsBack()
    {
        _folder.LaySpeech(Many);
        using var batch = BatchProcess.Start(_folder.Request, _folder.Recordings);
        await batch.ItemsAsync(1);
        Directory.Move(_folder.Recordings, _folder.File("away"));

        var lost = await batch.EndAsync();
        Directory.Move(_folder.File("away"), _folder.Recordings);
        var end = await BatchProcess.RunAsync(_folder.Request, _folder.Recordings);

        (lost.ExitCode, lost.Error).ShouldBe((1, "batch.source_lost"));
        end.ExitCode.ShouldBe(0);
        (lost.Outcomes.Length + end.Outcomes.Length).ShouldBe(Many);
    }

    [Fact]
    public async Task Recordings_DeletedInTheMiddle_FailByName()
    {
        _folder.LaySpeech(60);
        using var batch = BatchProcess.Start(_folder.Request, _folder.Recordings);
        await batch.ItemsAsync(1);
        File.Delete(_folder.Recording("0059.wav"));

        var end = await batch.EndAsync();

        end.ExitCode.ShouldBe(1);
        end.Outcomes[^1].ShouldBe((_folder.Recording("0059.wav"), "audio.not_found"));
        end.Outcomes.Count(outcome => outcome.Answer == "audio.not_found").ShouldBe(1);
    }

    [Fact]
    public async Task Disk_Full_StopsWithTheReasonAndContinuesAfterwards()
    {
        using var disk = SmallDisk.Mount(kilobytes: 4000);
        _folder.LaySpeech(Many);
        var request = BatchProcess.Request(disk.Path);
        using var batch = BatchProcess.Start(request, _folder.Recordings);
        await batch.ItemsAsync(1);
        disk.Fill();

        var full = await batch.EndAsync();
        disk.Free();
        var end = await BatchProcess.RunAsync(request, _folder.Recordings);

        (full.ExitCode, full.Error).ShouldBe((1, "output.disk_full"));
        end.ExitCode.ShouldBe(0);
        (full.Outcomes.Length + end.Outcomes.Length).ShouldBe(Many);
    }

    [Fact]
    public async Task Output_OfARunningBatch_IsRefused()
    {
        _folder.LaySpeech(Many);
        using var batch = BatchProcess.Start(_folder.Request, _folder.Recordings);
        await batch.ItemsAsync(1);

        var second = await BatchProcess.RunAsync(_folder.Request, _folder.Recordings);

        (second.ExitCode, second.Error).ShouldBe((1, "server.output_in_use"));
    }

    [Fact]
    public async Task Database_Damaged_StopsWithTheReason()
    {
        _folder.LaySpeech(1);
        await BatchProcess.RunAsync(_folder.Request, _folder.Recordings);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Output, ".ser", "history.db"), new byte[8192], Ct);

        var end = await BatchProcess.RunAsync(_folder.Request, _folder.Recordings);

        (end.ExitCode, end.Error).ShouldBe((1, "history.damaged"));
    }

    public void Dispose() => _folder.Dispose();
}
