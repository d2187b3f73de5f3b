using Microsoft.EntityFrameworkCore;
using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage.Batches;

public abstract class BatchIntakeTests(DatabaseEngine engine)
{
    public sealed class OnSqlite() : BatchIntakeTests(DatabaseEngine.Sqlite);

    public sealed class OnPostgreSql() : BatchIntakeTests(DatabaseEngine.PostgreSql);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_NewItems_AreNumberedInOrderAndChunked()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = await database.BatchAsync(250);
        await database.Intake.AddAsync(batch, [BatchDatabase.Item("last.wav")], Ct);

        var chunks = await database.Database.ReadAsync(context => context.BatchChunks.OrderBy(chunk => chunk.Number).ToListAsync(Ct));

        chunks.Select(chunk => (chunk.First, chunk.Last)).ShouldBe([(0, 99), (100, 199), (200, 249), (250, 250)]);
        (await ItemsAsync(database)).Select(item => item.Number).ShouldBe(Enumerable.Range(0, 251));
    }

    [Fact]
    public async Task Add_SameRecordingTwice_IsOneItem()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = await database.BatchAsync(1);

        await database.Intake.AddAsync(batch, [BatchDatabase.Item("0.wav"), BatchDatabase.Item("1.wav"), BatchDatabase.Item("1.wav")], Ct);

        (await ItemsAsync(database)).Select(item => item.Name).ShouldBe(["0.wav", "1.wav"]);
        (await database.Batches.FindAsync(batch, Ct))!.Repeated.ShouldBe(2);
    }

    [Fact]
    public async Task Add_SameNameInTwoPlaces_IsTwoItemsWithStableNames()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = (await database.Batches.CreateAsync("batch", new BatchOptions(), 0, Ct)).Id;
        SourceItem[] items = [new("a.wav", "/one/a.wav"), new("a.wav", "/two/a.wav"), new("a.wav", "/three/a.wav")];
        await database.Intake.AddAsync(batch, items[..2], Ct);
        await database.Intake.AddAsync(batch, items[2..], Ct);
        await database.Intake.BeginPassAsync(batch, Ct);

        await database.Intake.AddAsync(batch, items, Ct);

        (await ItemsAsync(database)).Select(item => (item.Name, item.Location)).ShouldBe(
            [("a.wav", "/one/a.wav"), ("a.wav (2)", "/two/a.wav"), ("a.wav (3)", "/three/a.wav")]);
    }

    [Fact]
    public async Task Add_AgainUnchanged_KeepsOutcome()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = await DoneAsync(database, BatchDatabase.Item("a.wav"));

        await database.Intake.AddAsync(batch, [BatchDatabase.Item("a.wav")], Ct);
        await database.Intake.SealAsync(batch, Ct);

        (await database.Batches.CompleteAsync(batch, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Add_AgainWithOtherSize_RemovesOutcome()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = await DoneAsync(database, BatchDatabase.Item("a.wav"));

        await database.Intake.AddAsync(batch, [BatchDatabase.Item("a.wav", size: 2)], Ct);

        (await database.Batches.ReadProgressAsync(batch, Ct)).ShouldBe(new(1, 0, 0, 0, new() { Happy = 0 }));
        (await database.Leases.TakeAsync("b", Ct))!.Items.Single().Size.ShouldBe(2);
    }

    [Fact]
    public async Task Add_AgainInAnotherPlace_KeepsOutcome()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = await DoneAsync(database, BatchDatabase.Item("a.wav"));

        await database.Intake.AddAsync(batch, [BatchDatabase.Item("a.wav") with { Location = "/moved/a.wav" }], Ct);

        (await database.Batches.ReadProgressAsync(batch, Ct)).Succeeded.ShouldBe(1);
        (await ItemsAsync(database)).Single().Location.ShouldBe("/moved/a.wav");
    }

    [Fact]
    public async Task Add_AgainAfterTheSourceWasRepaired_RemovesItsError()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = (await database.Batches.CreateAsync("batch", new BatchOptions(), 0, Ct)).Id;
        var refused = BatchDatabase.Item("a.wav") with { Error = SourceErrors.Encrypted("a.wav") };
        await database.Intake.AddAsync(batch, [refused], Ct);
        await database.Intake.BeginPassAsync(batch, Ct);
        await database.Intake.AddAsync(batch, [refused with { Error = SourceErrors.EntryBomb("a.wav") }], Ct);
        (await database.Batches.ReadProgressAsync(batch, Ct)).ShouldBe(new(1, 0, 1, 0, new() { Happy = 0 }));
        (await database.Leases.TakeAsync("a", Ct)).ShouldBeNull();
        await database.Intake.BeginPassAsync(batch, Ct);

        await database.Intake.AddAsync(batch, [BatchDatabase.Item("a.wav")], Ct);

        (await database.Leases.TakeAsync("a", Ct))!.Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task RetryFound_RemovesErrorsOfRecordingsThatTheSourcesHave()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = await database.BatchAsync(2);
        var chunk = (await database.Leases.TakeAsync("a", Ct))!;
        await database.Leases.StoreAsync(
            "a", chunk, [BatchDatabase.Error(batch, 0, "audio.not_found"), BatchDatabase.Error(batch, 1, "audio.not_found")], Ct);
        await database.Leases.ReturnAsync("a", chunk, Ct);
        await database.Intake.BeginPassAsync(batch, Ct);
        await database.Intake.AddAsync(batch, [BatchDatabase.Item("0.wav")], Ct);

        (await database.Batches.RetryFoundAsync(batch, Ct)).ShouldBe(1);

        (await database.Leases.TakeAsync("a", Ct))!.Items.Single().Name.ShouldBe("0.wav");
    }

    [Fact]
    public async Task Add_AgainWithOtherTimeButTheSameBytes_KeepsOutcome()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var path = Path.Combine(database.Folder, "a.wav");
        await File.WriteAllTextAsync(path, "bytes", Ct);
        var item = new SourceItem("a.wav", path) { Size = 5, Modified = 1 };
        var batch = await DoneAsync(database, item, SourceDigest.Of(path, Ct).Sha256);

        await database.Intake.AddAsync(batch, [item with { Modified = 2 }], Ct);
        (await database.Batches.ReadProgressAsync(batch, Ct)).Completed.ShouldBe(1);
        await File.WriteAllTextAsync(path, "other", Ct);
        await database.Intake.BeginPassAsync(batch, Ct);
        await database.Intake.AddAsync(batch, [item with { Modified = 3 }], Ct);

        (await database.Batches.ReadProgressAsync(batch, Ct)).Completed.ShouldBe(0);
    }

    [Fact]
    public async Task Add_ItemThatTheSourceRefuses_IsAnOutcomeAtOnce()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = (await database.Batches.CreateAsync("batch", new BatchOptions(), 0, Ct)).Id;

        await database.Intake.AddAsync(batch, [new("a.wav", "") { Error = AudioErrors.UnsupportedFormat("a.wav") }], Ct);

        (await database.Leases.TakeAsync("a", Ct)).ShouldBeNull();
        (await database.Batches.ReadProgressAsync(batch, Ct)).ShouldBe(new(1, 0, 1, 0, new() { Happy = 0 }));
    }

    [Fact]
    public async Task Add_Metadata_CollectsColumnsInOrder()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = (await database.Batches.CreateAsync("batch", new BatchOptions(), 0, Ct)).Id;

        await database.Intake.AddAsync(
            batch,
            [
                BatchDatabase.Item("a.wav") with { Metadata = new Dictionary<string, string> { ["说话人"] = "甲", ["role"] = "agent" } },
                BatchDatabase.Item("b.wav") with { Metadata = new Dictionary<string, string> { ["role"] = "customer", ["date"] = "1" } },
            ],
            Ct);

        (await database.Batches.FindAsync(batch, Ct))!.Columns.ShouldBe("""["说话人","role","date"]""");
        (await ItemsAsync(database))[0].Metadata.ShouldBe("""{"说话人":"甲","role":"agent"}""");
    }

    [Fact]
    public async Task RetryFailed_RemovesErrorsOnly()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = await database.BatchAsync(3);
        var chunk = (await database.Leases.TakeAsync("a", Ct))!;
        await database.Leases.StoreAsync(
            "a", chunk,
            [BatchDatabase.Result(batch, 0), BatchDatabase.Error(batch, 1), BatchDatabase.Error(batch, 2, "source.encrypted")], Ct);
        await database.Leases.ReturnAsync("a", chunk, Ct);

        (await database.Batches.RetryFailedAsync(batch, Ct)).ShouldBe(1);

        (await database.Batches.ReadProgressAsync(batch, Ct)).ShouldBe(new(3, 1, 1, 2, new() { Happy = 1 }));
        (await database.Leases.TakeAsync("a", Ct))!.Items.Select(item => item.Number).ShouldBe([1]);
    }

    [Fact]
    public async Task Add_ItemsOfSourcesThatAnotherServerReads_IsRefused()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: engine);
        var batch = await database.BatchAsync(1);
        await database.Database.WriteAsync(
            context => context.Batches.ExecuteUpdateAsync(
                entry => entry.SetProperty(b => b.Folder, "folder").SetProperty(b => b.Reader, "other"), Ct), Ct);

        (await database.Intake.AddAsync(batch, [BatchDatabase.Item("1.wav")], Ct)).ShouldBeFalse();

        (await ItemsAsync(database)).Count.ShouldBe(1);
    }

    private static async Task<int> DoneAsync(BatchDatabase database, SourceItem item, string? digest = null)
    {
        var batch = (await database.Batches.CreateAsync("batch", new BatchOptions(), 0, Ct)).Id;
        await database.Intake.AddAsync(batch, [item], Ct);
        var chunk = (await database.Leases.TakeAsync("a", Ct))!;
        await database.Leases.StoreAsync("a", chunk, [BatchDatabase.Result(batch, 0, digest)], Ct);
        await database.Leases.ReturnAsync("a", chunk, Ct);
        await database.Intake.BeginPassAsync(batch, Ct);
        return batch;
    }

    private static Task<List<BatchItemEntry>> ItemsAsync(BatchDatabase database) =>
        database.Database.ReadAsync(context => context.BatchItems.OrderBy(item => item.Number).ToListAsync(Ct));
}
