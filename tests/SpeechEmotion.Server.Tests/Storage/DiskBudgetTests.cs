using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

public sealed class DiskBudgetTests : IDisposable
{
    private const long Megabyte = 1_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly ServerFolder _output;
    private readonly ManualTime _time = new();

    public DiskBudgetTests() => _output = new(Microsoft.Extensions.Options.Options.Create(new ServerOptions { Output = _folder.Path }));

    public void Dispose()
    {
        _output.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Limit_NotConfigured_IsAShareOfTheFreeSpace()
    {
        var free = new DriveInfo(_folder.Path).AvailableFreeSpace;

        var limit = Budget(0).Limit;

        // Other programs write to the disk too, so the values are not exactly equal.
        limit.ShouldBeInRange((long)(free * 0.8), (long)(free * 0.95));
    }

    [Fact]
    public void TakeUpload_MoreThanHalf_IsRefusedPermanently()
    {
        var disk = Budget(10);

        ShouldRefuse(() => disk.TakeUpload(6 * Megabyte), "disk.limit", 507, waits: false);
        disk.TakeUpload(5 * Megabyte).ShouldNotBeNull();
        disk.Used.ShouldBe(5 * Megabyte);
    }

    [Fact]
    public void TakeUpload_SpaceIsReserved_SucceedsAfterRelease()
    {
        var disk = Budget(10);
        var first = disk.TakeUpload(4 * Megabyte);

        ShouldRefuse(() => disk.TakeUpload(2 * Megabyte), "disk.busy", 429, waits: true);
        first.Settle(1 * Megabyte);
        using (disk.TakeUpload(2 * Megabyte))
            disk.Used.ShouldBe(3 * Megabyte);
        first.Dispose();
        first.Dispose();
        disk.Used.ShouldBe(0);
    }

    [Fact]
    public void Use_BeyondTheReservation_GrowsToTheLimit()
    {
        var disk = Budget(10);
        using var share = disk.TakeResult(1 * Megabyte);

        share.Use(1 * Megabyte);
        share.Use(9 * Megabyte);

        disk.Used.ShouldBe(9 * Megabyte);
        ShouldRefuse(() => share.Use(11 * Megabyte), "disk.limit", 507, waits: false);
        disk.Used.ShouldBe(9 * Megabyte);
    }

    [Fact]
    public void Free_WrittenBytes_LeavesRoomForMore()
    {
        var disk = Budget(10);
        using var share = disk.TakeResult(0);

        for (var i = 0; i < 5; i++)
        {
            share.Add(6 * Megabyte);
            share.Free(5 * Megabyte);
        }

        disk.Used.ShouldBe(5 * Megabyte);
        share.Keep(share.Written);
        disk.Used.ShouldBe(5 * Megabyte);
    }

    [Fact]
    public void Keep_FinishedResult_UsesSpaceUntilReleased()
    {
        var disk = Budget(10);
        disk.TakeResult(8 * Megabyte).Keep(7 * Megabyte);

        disk.Used.ShouldBe(7 * Megabyte);
        ShouldRefuse(() => disk.TakeResult(4 * Megabyte), "disk.limit", 507, waits: false);
        disk.Release(7 * Megabyte);
        disk.TakeResult(4 * Megabyte).ShouldNotBeNull();
    }

    [Fact]
    public void TakeResult_ResultsOfEarlierRuns_CountUntilDeletedManually()
    {
        var earlier = Directory.CreateDirectory(_folder.File("outputs_20240104_223005")).FullName;
        File.WriteAllBytes(Path.Combine(earlier, "processed_audio.wav"), new byte[8 * Megabyte]);
        File.WriteAllBytes(_folder.File("notes.txt"), new byte[5 * Megabyte]);
        var disk = Budget(10);

        disk.Used.ShouldBe(8 * Megabyte);
        _time.Advance(TimeSpan.FromMinutes(1));
        ShouldRefuse(() => disk.TakeResult(4 * Megabyte), "disk.limit", 507, waits: false);
        Directory.Delete(earlier, recursive: true);
        _time.Advance(TimeSpan.FromMinutes(1));
        disk.TakeResult(4 * Megabyte).ShouldNotBeNull();
        disk.Used.ShouldBe(4 * Megabyte);
    }

    [Fact]
    public void TakeUpload_MoreThanTheFreeSpace_ThrowsDiskFull()
    {
        var disk = Budget(int.MaxValue);
        var free = new DriveInfo(_folder.Path).AvailableFreeSpace;
        Assert.SkipUnless(free < disk.Limit / 4, "This disk is larger than any limit.");

        Should.Throw<OutputException>(() => disk.TakeUpload(free + Megabyte)).Code.ShouldBe("output.disk_full");
    }

    private static void ShouldRefuse(Action take, string code, int status, bool waits)
    {
        var refusal = Should.Throw<RequestException>(take);
        refusal.Code.ShouldBe(code);
        refusal.Status.ShouldBe(status);
        (refusal.RetryAfter is not null).ShouldBe(waits);
        refusal.MessageZh.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
    }

    private DiskBudget Budget(int megabytes) =>
        new(Microsoft.Extensions.Options.Options.Create(new ServerOptions { DiskLimit = megabytes }), _output, _time);
}
