using Microsoft.EntityFrameworkCore;
using Shouldly;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage.Batches;

public abstract class ChunkLeasesTests(DatabaseEngine engine)
{
    public sealed class OnSqlite() : ChunkLeasesTests(DatabaseEngine.Sqlite);

    public sealed class OnPostgreSql() : ChunkLeasesTests(DatabaseEngine.PostgreSql);

    private static readonly TimeSpan Expiry = ChunkLeases.Duration + TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_TwoWorkers_ReceiveDifferentChunks()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        await database.BatchAsync(BatchIntake.ChunkItems + 1);

        var first = await database.Leases.TakeAsync("a", Ct);
        var second = await database.Leases.TakeAsync("b", Ct);
        var third = await database.Leases.TakeAsync("c", Ct);

        first!.Items.Select(item => item.Number).ShouldBe(Enumerable.Range(0, BatchIntake.ChunkItems));
        second!.Items.Select(item => item.Name).ShouldBe([$"{BatchIntake.ChunkItems}.wav"]);
        third.ShouldBeNull();
    }

    [Fact]
    public async Task Take_AfterLostLease_ReturnsItemsWithoutOutcome()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var batch = await database.BatchAsync(3);
        var lost = (await database.Leases.TakeAsync("a", Ct))!;
        await database.Leases.StoreAsync("a", lost, [BatchDatabase.Result(batch, 1)], Ct);
        await database.AdvanceAsync(Expiry);

        var taken = (await database.Leases.TakeAsync("b", Ct))!;

        taken.Items.Select(item => item.Number).ShouldBe([0, 2]);
        taken.AfterCrash.ShouldBeTrue();
    }

    [Fact]
    public async Task Take_WithinRenewedLease_ReturnsNothing()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        await database.BatchAsync(1);
        await database.Leases.TakeAsync("a", Ct);
        await database.AdvanceAsync(ChunkLeases.Duration / 2);
        await database.Leases.RenewAsync("a", Ct);
        await database.AdvanceAsync(ChunkLeases.Duration / 2 + TimeSpan.FromSeconds(1));

        (await database.Leases.TakeAsync("b", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Store_ByFormerHolder_StoresNothing()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var batch = await database.BatchAsync(2);
        var lost = (await database.Leases.TakeAsync("a", Ct))!;
        await database.AdvanceAsync(Expiry);
        var taken = (await database.Leases.TakeAsync("b", Ct))!;
        await database.Leases.StoreAsync("b", taken, [BatchDatabase.Result(batch, 0)], Ct);

        var stored = await database.Leases.StoreAsync("a", lost, [BatchDatabase.Result(batch, 0), BatchDatabase.Result(batch, 1)], Ct);

        stored.ShouldBeFalse();
        (await database.Batches.ReadProgressAsync(batch, Ct)).ShouldBe(new(2, 1, 0, 2, new() { Happy = 1 }));
    }

    [Fact]
    public async Task Store_ByTheSameWorkerInAnEarlierAttempt_StoresNothing()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var batch = await database.BatchAsync(1);
        var lost = (await database.Leases.TakeAsync("a", Ct))!;
        await database.Leases.ReturnAsync("a", lost, Ct);
        await database.Leases.TakeAsync("b", Ct);
        await database.AdvanceAsync(Expiry);
        (await database.Leases.TakeAsync("a", Ct))!.Attempts.ShouldBe(2);

        (await database.Leases.StoreAsync("a", lost, [BatchDatabase.Result(batch, 0)], Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Return_WithAllOutcomes_CompletesChunkAndBatch()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var batch = await database.BatchAsync(2);
        await database.Intake.SealAsync(batch, Ct);
        var chunk = (await database.Leases.TakeAsync("a", Ct))!;
        await database.Leases.StoreAsync("a", chunk, [BatchDatabase.Result(batch, 0), BatchDatabase.Error(batch, 1)], Ct);
        (await database.Batches.CompleteAsync(batch, Ct)).ShouldBeFalse();

        await database.Leases.ReturnAsync("a", chunk, Ct);

        (await database.Batches.CompleteAsync(batch, Ct)).ShouldBeTrue();
        (await database.Batches.ReadProgressAsync(batch, Ct)).ShouldBe(new(2, 1, 1, 2, new() { Happy = 1 }));
        (await database.Batches.FindAsync(batch, Ct))!.State.ShouldBe(BatchState.Done);
    }

    [Fact]
    public async Task Return_WithOpenItems_LetsOthersContinueWithoutSuspicion()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var batch = await database.BatchAsync(2);
        var chunk = (await database.Leases.TakeAsync("a", Ct))!;
        await database.Leases.StoreAsync("a", chunk, [BatchDatabase.Result(batch, 0)], Ct);
        await database.Leases.ReturnAsync("a", chunk, Ct);

        var taken = (await database.Leases.TakeAsync("b", Ct))!;

        taken.Items.Select(item => item.Number).ShouldBe([1]);
        taken.AfterCrash.ShouldBeFalse();
    }

    [Fact]
    public async Task Take_AfterThreeCrashes_GivesTheItemAnErrorAndTheRestGoesOn()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var batch = await database.BatchAsync(3);
        await database.Leases.TakeAsync("1", Ct);
        for (var crash = 2; crash <= 3; crash++)
        {
            await database.AdvanceAsync(Expiry);
            var taken = (await database.Leases.TakeAsync($"{crash}", Ct))!;
            taken.Items.Count.ShouldBe(3);
            (await database.Leases.SuspectAsync($"{crash}", taken, 1, Ct)).ShouldBeTrue();
        }
        await database.AdvanceAsync(Expiry);

        var last = (await database.Leases.TakeAsync("4", Ct))!;

        last.Items.Select(item => item.Number).ShouldBe([0, 2]);
        var outcome = await database.Database.ReadAsync(context => context.BatchOutcomes.SingleAsync(Ct));
        (outcome.Number, outcome.Code).ShouldBe((1, "worker.crashed"));
        var dead = (await new WorkSurvey(database.Database).ListDeadAsync(10, Ct)).ShouldHaveSingleItem();
        (dead.Batch, dead.Item).ShouldBe((outcome.BatchId, 1));
        (await database.Batches.ReadProgressAsync(batch, Ct)).Failed.ShouldBe(1);
    }

    [Fact]
    public async Task Take_CrashesOnDifferentItems_AccusesNone()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        await database.BatchAsync(9);
        await database.Leases.TakeAsync("first", Ct);
        for (var item = 0; item < 5; item++)
        {
            await database.AdvanceAsync(Expiry);
            await database.Leases.SuspectAsync($"{item}", (await database.Leases.TakeAsync($"{item}", Ct))!, item, Ct);
        }
        await database.AdvanceAsync(Expiry);

        (await database.Leases.TakeAsync("last", Ct))!.Items.Count.ShouldBe(9);
    }

    [Fact]
    public async Task Take_AfterTheSuspectSucceeded_AccusesNone()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var batch = await database.BatchAsync(2);
        await database.Leases.TakeAsync("a", Ct);
        LeasedChunk taken = null!;
        for (var crash = 2; crash <= 3; crash++)
        {
            await database.AdvanceAsync(Expiry);
            taken = (await database.Leases.TakeAsync($"{crash}", Ct))!;
            await database.Leases.SuspectAsync($"{crash}", taken, 0, Ct);
        }
        await database.Leases.StoreAsync("3", taken, [BatchDatabase.Result(batch, 0)], Ct);
        await database.AdvanceAsync(Expiry);

        (await database.Leases.TakeAsync("4", Ct))!.Items.Select(item => item.Number).ShouldBe([1]);
        (await database.Batches.ReadProgressAsync(batch, Ct)).ShouldBe(new(2, 1, 0, 2, new() { Happy = 1 }));
    }

    [Fact]
    public async Task Take_AfterWorkersThatWereStopped_AccusesNone()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        await database.BatchAsync(2);
        await database.Leases.TakeAsync("0", Ct);
        for (var stop = 1; stop <= 5; stop++)
        {
            await database.AdvanceAsync(Expiry);
            var taken = (await database.Leases.TakeAsync($"{stop}", Ct))!;
            await database.Leases.SuspectAsync($"{stop}", taken, 0, Ct);
            await database.Leases.WithdrawSuspicionAsync($"{stop}", Ct);
        }
        await database.AdvanceAsync(Expiry);

        (await database.Leases.TakeAsync("last", Ct))!.Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ReturnAll_GivesTheChunksBackWithoutACrash()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        await database.BatchAsync(2);
        await database.Leases.TakeAsync("a", Ct);

        await database.Leases.ReturnAllAsync("a", Ct);

        var taken = (await database.Leases.TakeAsync("b", Ct))!;
        (taken.Items.Count, taken.AfterCrash).ShouldBe((2, false));
    }

    [Fact]
    public async Task Take_GreaterPriority_GoesFirst()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        await database.BatchAsync(1, name: "first");
        var urgent = await database.BatchAsync(1, priority: 1, name: "second");

        (await database.Leases.TakeAsync("a", Ct))!.BatchId.ShouldBe(urgent);
    }

    [Fact]
    public async Task Take_EqualPriority_Alternates()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var (one, other) = (await database.BatchAsync(300, name: "one"), await database.BatchAsync(300, name: "other"));
        List<int> served = [];
        for (var i = 0; i < 6; i++)
        {
            await database.AdvanceAsync(TimeSpan.FromSeconds(1));
            served.Add((await database.Leases.TakeAsync("a", Ct))!.BatchId);
        }

        served.ShouldBe([one, other, one, other, one, other]);
    }

    [Fact]
    public async Task Take_PausedBatch_ReturnsNothingUntilItIsResumed()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var batch = await database.BatchAsync(1);
        await database.Batches.PauseAsync(batch, BatchErrors.SourceLost("a.wav"), Ct);
        (await database.Leases.TakeAsync("a", Ct)).ShouldBeNull();
        (await database.Batches.FindAsync(batch, Ct))!.Code.ShouldBe("batch.source_lost");

        await database.Batches.ResumeAsync(batch, Ct);

        (await database.Leases.TakeAsync("a", Ct)).ShouldNotBeNull();
        (await database.Batches.FindAsync(batch, Ct))!.Code.ShouldBeNull();
    }
}
