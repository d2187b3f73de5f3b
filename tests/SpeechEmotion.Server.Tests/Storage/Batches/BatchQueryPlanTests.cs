using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage.Batches;

/// <summary>
/// A batch may have a million items: the queries that run for each item or chunk must find their rows by an index, not by a walk over
/// the batch.
/// </summary>
public sealed partial class BatchQueryPlanTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task FindSame_UsesTheDigest() => CheckAsync((database, batch) => database.Outcomes.FindSameAsync(batch, "digest", Ct));

    [Fact]
    public Task Take_UsesTheState() => CheckAsync((database, _) => database.Leases.TakeAsync("a", Ct));

    [Fact]
    public Task CountFree_UsesTheState() => CheckAsync((database, _) => database.Leases.CountFreeAsync(1000, Ct));

    [Fact]
    public Task Store_UsesTheChunk() => CheckAsync(async (database, batch) =>
    {
        var chunk = (await database.Leases.TakeAsync("a", Ct))!;
        await database.Leases.StoreAsync("a", chunk, [BatchDatabase.Result(batch, chunk.Items[0].Number)], Ct);
        await database.Leases.ReturnAsync("a", chunk, Ct);
    });

    [Fact]
    public Task Renew_UsesTheWorker() => CheckAsync((database, _) => database.Leases.RenewAsync("a", Ct));

    [Fact]
    public Task ListRunning_UsesTheState() => CheckAsync((database, _) => database.Batches.ListRunningAsync(Ct));

    [Fact]
    public Task Complete_UsesTheState() => CheckAsync((database, batch) => database.Batches.CompleteAsync(batch, Ct));

    [Fact]
    public Task RetryFailed_VisitsOnlyErrors() => CheckAsync((database, batch) => database.Batches.RetryFailedAsync(batch, Ct));

    [Fact]
    public Task Add_ChangedRecording_UsesNamesAndNumbers() => CheckAsync(async (database, batch) =>
    {
        await database.Intake.BeginPassAsync(batch, Ct);
        await database.Intake.AddAsync(batch, [BatchDatabase.Item("0.wav", size: 9), BatchDatabase.Item("new.wav")], Ct);
    });

    private static async Task CheckAsync(Func<BatchDatabase, int, Task> use)
    {
        using var plans = new QueryPlans();
        await using var database = await BatchDatabase.CreateAsync();
        var batch = await database.BatchAsync(300);
        var chunk = (await database.Leases.TakeAsync("first", Ct))!;
        await database.Leases.StoreAsync(
            "first", chunk, [BatchDatabase.Result(batch, 0, "digest"), BatchDatabase.Error(batch, 1)], Ct);
        await database.Leases.ReturnAsync("first", chunk, Ct);
        plans.Begin(database.Folder);

        await use(database, batch);

        var plan = await plans.ReadAsync(Ct);
        plan.ShouldNotBeEmpty();
        plan.Where(step => Walk().IsMatch(step)).ShouldBeEmpty();
    }

    /// <summary>A scan of a table, or a search of all items or outcomes of a batch. Chunks are few, and so are errors.</summary>
    [GeneratedRegex(@"^SCAN |^SEARCH \S+ USING (?!.*failed).*batch_(items|outcomes).* \(BatchId=\?\)$")]
    private static partial Regex Walk();
}
