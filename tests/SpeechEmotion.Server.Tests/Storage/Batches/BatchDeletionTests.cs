using Microsoft.EntityFrameworkCore;
using Shouldly;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage.Batches;

public abstract class BatchDeletionTests(DatabaseEngine engine)
{
    public sealed class OnSqlite() : BatchDeletionTests(DatabaseEngine.Sqlite);

    public sealed class OnPostgreSql() : BatchDeletionTests(DatabaseEngine.PostgreSql);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_BatchWithAKey_HidesItAndFreesTheKey()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = (await database.Batches.CreateAsync("batch", new BatchOptions(), 0, Ct, key: "once")).Id;
        await database.Intake.AddAsync(batch, [BatchDatabase.Item("0.wav"), BatchDatabase.Item("1.wav")], Ct);
        var chunk = (await database.Leases.TakeAsync("a", Ct))!;

        await database.Deletion.DeleteAsync(batch, Ct);

        (await database.Batches.FindAsync(batch, Ct)).ShouldBeNull();
        (await database.Batches.ListAsync(null, 9, Ct)).ShouldBeEmpty();
        (await database.Batches.ListRunningAsync(Ct)).ShouldBeEmpty();
        await database.Leases.ReturnAsync("a", chunk, Ct);
        (await database.Leases.TakeAsync("a", Ct)).ShouldBeNull();
        (await database.Intake.AddAsync(batch, [BatchDatabase.Item("2.wav")], Ct)).ShouldBeFalse();
        await database.Batches.ResumeAsync(batch, Ct);
        (await database.Batches.FindAsync(batch, Ct)).ShouldBeNull();
        (await database.Batches.CreateAsync("again", new BatchOptions(), 0, Ct, key: "once")).Id.ShouldNotBe(batch);
    }

    [Fact]
    public async Task Finish_SeveralGroups_DeletesTheRowsOfDeletedBatchesOnly()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var (kept, batch) = (await database.BatchAsync(2, priority: -1), await database.BatchAsync(2));
        await StoreAsync(database, kept, 0);
        await StoreAsync(database, batch, 0);
        await AddToNextGroupAsync(database, batch);
        var late = (await database.Leases.TakeAsync("late", Ct))!;
        await database.Deletion.DeleteAsync(batch, Ct);

        await database.Deletion.FinishAsync(Ct);

        (await RowsAsync(database, kept)).ShouldBe((1, 1, 2, 1));
        (await RowsAsync(database, batch)).ShouldBe((0, 0, 0, 0));
        (await database.Leases.StoreAsync("late", late, [BatchDatabase.Result(batch, late.Items[0].Number)], Ct)).ShouldBeFalse();
    }

    private static Task<int> StoreAsync(BatchDatabase database, int batch, int item) => database.Database.WriteAsync(context =>
    {
        context.Add(BatchDatabase.Result(batch, item));
        return context.SaveChangesAsync(Ct);
    }, Ct);

    /// <summary>Adds a recording with a result, whose rows are not among those that the first transaction deletes.</summary>
    private static async Task AddToNextGroupAsync(BatchDatabase database, int batch)
    {
        await database.Database.WriteAsync(async context =>
        {
            (await context.Batches.SingleAsync(entry => entry.Id == batch, Ct)).Items = BatchDeletion.GroupItems + 1;
            context.Add(new BatchItemEntry
            {
                BatchId = batch,
                Number = BatchDeletion.GroupItems,
                Name = "last.wav",
                Location = "/recordings/last.wav",
            });
            return await context.SaveChangesAsync(Ct);
        }, Ct);
        await StoreAsync(database, batch, BatchDeletion.GroupItems);
    }

    private static Task<(int Batches, int Chunks, int Items, int Outcomes)> RowsAsync(BatchDatabase database, int batch) =>
        database.Database.ReadAsync(async context => (
            await context.Batches.IgnoreQueryFilters().CountAsync(entry => entry.Id == batch, Ct),
            await context.BatchChunks.CountAsync(chunk => chunk.BatchId == batch, Ct),
            await context.BatchItems.CountAsync(item => item.BatchId == batch, Ct),
            await context.BatchOutcomes.CountAsync(outcome => outcome.BatchId == batch, Ct)));
}
