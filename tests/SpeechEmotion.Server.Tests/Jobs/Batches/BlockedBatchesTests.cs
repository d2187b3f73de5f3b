using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Jobs.Batches;

public sealed class BlockedBatchesTests
{
    private readonly ManualTime _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_OfAProgramThatIsAlone_PausesTheBatch()
    {
        await using var database = await BatchDatabase.CreateAsync(_time);
        var (batch, blocked) = (await database.BatchAsync(1), BlockedOf(database));

        await blocked.AddAsync(batch, BatchErrors.SourceLost("a.wav"), Ct);

        (await database.Batches.FindAsync(batch, Ct))!.State.ShouldBe(BatchState.Paused);
        blocked.Has(batch).ShouldBeFalse();
    }

    [Fact]
    public async Task Add_WhileOthersProcessTheBatch_LeavesItToThemForAMinute()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, DatabaseEngine.PostgreSql);
        var (batch, blocked) = (await database.BatchAsync(20), BlockedOf(database));
        var chunk = (await database.Leases.TakeAsync("other", Ct))!;

        for (var item = 0; item < 9; item++)
        {
            await blocked.AddAsync(batch, BatchErrors.SourceLost("a.wav"), Ct);
            blocked.Current.ShouldBe([batch]);
            await database.Leases.StoreAsync("other", chunk, [BatchDatabase.Result(batch, item)], Ct);
            _time.Advance(TimeSpan.FromSeconds(61));
            blocked.Current.ShouldBeEmpty();
        }

        (await database.Batches.FindAsync(batch, Ct))!.State.ShouldBe(BatchState.Running);
    }

    [Fact]
    public async Task Add_WhileNobodyProcessesTheBatch_PausesItAfterFiveMinutes()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, DatabaseEngine.PostgreSql);
        var (batch, blocked) = (await database.BatchAsync(1), BlockedOf(database));

        for (var minute = 0; minute < 6; minute++)
        {
            (await database.Batches.FindAsync(batch, Ct))!.State.ShouldBe(BatchState.Running);
            await blocked.AddAsync(batch, BatchErrors.SourceLost("a.wav"), Ct);
            // Another recording that was running.
            await blocked.AddAsync(batch, BatchErrors.SourceLost("b.wav"), Ct);
            _time.Advance(TimeSpan.FromSeconds(61));
        }

        var paused = (await database.Batches.FindAsync(batch, Ct))!;
        (paused.State, paused.Code).ShouldBe((BatchState.Paused, "batch.source_lost"));
    }

    private BlockedBatches BlockedOf(BatchDatabase database) =>
        new(database.Database, database.Batches, _time, NullLogger<BlockedBatches>.Instance);
}
