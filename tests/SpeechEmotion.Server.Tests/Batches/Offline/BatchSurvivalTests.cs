using Shouldly;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Batches.Offline;

/// <summary>What a batch survives: kills, crashes, lost folders, full disks. bench/ has the long form.</summary>
public sealed class BatchSurvivalTests : IDisposable
{
    private static readonly string[] Exports = ["results.csv", "results.jsonl", "results.parquet"];

    /// <summary>Number of recordings that wait for the held ones.</summary>
    private const int Waiting = 20;

    private readonly BatchFolder _folder = new();
    private HeldRecording[] _held = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_ThreeTimes_GivesTheExportsOfAnUndisturbedRun()
    {
        _folder.LaySpeech(60);
        // All runs are programs: the model that the tests share has more threads, which gives other last digits on some processors.
        var calm = BatchProcess.Request(_folder.File("calm"));
        (await BatchProcess.RunAsync(calm, _folder.Recordings)).ExitCode.ShouldBe(0);
        for (var kill = 1; kill <= 3; kill++)
        {
            using var batch = BatchProcess.Start(_folder.Request, _folder.Recordings);
            await batch.ItemsAsync(8 * kill);
            batch.Kill();
            await batch.EndAsync();
        }

        var end = await BatchProcess.RunAsync(_folder.Request, _folder.Recordings);

        end.ExitCode.ShouldBe(0);
        end.Outcomes.Length.ShouldBeLessThan(60);
        foreach (var file in Exports)
            (await File.ReadAllBytesAsync(_folder.Result(file), Ct)).ShouldBe(
                await File.ReadAllBytesAsync(Path.Combine(calm.Output, file), Ct), file);
    }

    [Fact]
    public async Task Interrupt_EndsAfterTheRunningRecordings_AndTheNextRunContinues()
    {
        using var batch = await HeldAsync(_folder.Request);
        batch.Interrupt();
        await batch.SaysAsync("Finishing the current recordings");
        Release();

        var interrupted = await batch.EndAsync();
        var end = await BatchHere.RunAsync(_folder.Request, _folder.Recordings);

        interrupted.ExitCode.ShouldBe(130);
        interrupted.Errors.ShouldContain("The same command continues.");
        interrupted.Outcomes.Length.ShouldBeGreaterThanOrEqualTo(_held.Length);
        end.ExitCode.ShouldBe(0);
        (interrupted.Outcomes.Length + end.Outcomes.Length).ShouldBe(_held.Length + Waiting);
    }

    [Fact]
    public async Task Crash_ThreeTimesOnOneRecording_SkipsItAndProcessesTheRest()
    {
        _folder.LaySpeech(3);
        var path = _folder.File("0.wav");
        for (var crash = 1; crash <= 3; crash++)
        {
            // Each kill meets it: it is the first of the batch, and alone from the second run on.
            using var recording = crash == 1 ? HeldRecording.Create(path) : HeldRecording.At(path);
            using var batch = BatchProcess.Start(_folder.Request, path, _folder.Recordings);
            await recording.BegunAsync();
            batch.Kill();
            await batch.EndAsync();
        }

        var end = await BatchHere.RunAsync(_folder.Request, path, _folder.Recordings);

        end.ExitCode.ShouldBe(1);
        (await File.ReadAllTextAsync(_folder.Result("failed.csv"), Ct)).ShouldContain("0.wav,worker.crashed");
        (await File.ReadAllLinesAsync(_folder.Result("results.csv"), Ct)).Length.ShouldBe(4);
    }

    [Fact]
    public async Task Folder_Disappears_PausesUntilItIsBack()
    {
        using var batch = await HeldAsync(_folder.Request);
        Directory.Move(_folder.Recordings, _folder.File("away"));
        Release();

        var lost = await batch.EndAsync();
        Directory.Move(_folder.File("away"), _folder.Recordings);
        var end = await BatchHere.RunAsync(_folder.Request, _folder.Recordings);

        (lost.ExitCode, lost.Error).ShouldBe((1, "batch.source_lost"));
        end.ExitCode.ShouldBe(0);
        (lost.Outcomes.Length + end.Outcomes.Length).ShouldBe(_held.Length + Waiting);
    }

    [Fact]
    public async Task Recordings_DeletedInTheMiddle_FailByName()
    {
        using var batch = await HeldAsync(_folder.Request);
        var deleted = _folder.Recording($"{Waiting - 1:D4}.wav");
        File.Delete(deleted);
        Release();

        var end = await batch.EndAsync();

        end.ExitCode.ShouldBe(1);
        end.Outcomes[^1].ShouldBe((deleted, "audio.not_found"));
        end.Outcomes.Count(outcome => outcome.Answer == "audio.not_found").ShouldBe(1);
    }

    [Fact]
    public async Task Disk_Full_StopsWithTheReasonAndContinuesAfterwards()
    {
        using var disk = SmallDisk.Mount(kilobytes: 4000);
        var request = BatchProcess.Request(disk.Path);
        using var batch = await HeldAsync(request);
        disk.Fill();
        Release();

        var full = await batch.EndAsync();
        disk.Free();
        var end = await BatchHere.RunAsync(request, _folder.Recordings);

        (full.ExitCode, full.Error).ShouldBe((1, "output.disk_full"));
        end.ExitCode.ShouldBe(0);
        (full.Outcomes.Length + end.Outcomes.Length).ShouldBe(_held.Length + Waiting);
    }

    [Fact]
    public async Task Output_OfARunningBatch_IsRefused()
    {
        using var batch = await HeldAsync(_folder.Request);

        var second = await BatchHere.RunAsync(_folder.Request, _folder.Recordings);

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

    public void Dispose()
    {
        foreach (var held in _held)
            held.Dispose();
        _folder.Dispose();
    }

    /// <summary>
    /// Starts a batch that has read all of its recordings, but can finish none before <see cref="Release"/>: it recognizes the held
    /// ones. A further run needs only the folder, because the held ones are in the batch.
    /// </summary>
    private async Task<BatchProcess> HeldAsync(BatchRequest request)
    {
        _folder.LaySpeech(Waiting);
        _held = _folder.Hold();
        var batch = BatchProcess.Start(request, [.. _held.Select(held => held.Path), _folder.Recordings]);
        await Task.WhenAll(_held.Select(held => held.BegunAsync()));
        await batch.ReadAsync(_held.Length + Waiting);
        return batch;
    }

    private void Release()
    {
        for (var i = 0; i < _held.Length; i++)
            _held[i].Release(Recordings.Noise(1 + (i / 10.0)));
    }
}
