using Microsoft.EntityFrameworkCore;
using Shouldly;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Webhooks;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

public sealed class HistoryTransferTests
{
    private const int Recognitions = 1203;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ThereAndBack_KeepsEveryRow()
    {
        await using var source = await FilledAsync();
        await using var shared = await BatchDatabase.CreateAsync(engine: DatabaseEngine.PostgreSql);
        await using var again = await BatchDatabase.CreateAsync();

        var there = await new HistoryTransfer(source.Database, shared.Database).RunAsync(Ct);
        var back = await new HistoryTransfer(shared.Database, again.Database).RunAsync(Ct);

        there.ShouldBe(
        [
            ("recognitions", Recognitions), ("segments", 1), ("idempotency_keys", 1), ("batches", 2), ("batch_sources", 0),
            ("batch_items", 250), ("batch_chunks", 3), ("batch_outcomes", 2), ("webhook_deliveries", 1),
        ]);
        back.ShouldBe(there);
        // The deleted batch is still one.
        (await again.Batches.ListAsync(null, 9, Ct)).ShouldHaveSingleItem().Id.ShouldBe(1);
        (await shared.Leases.TakeAsync("a", Ct))!.Items.Count.ShouldBe(98);
        (await shared.BatchAsync(1)).ShouldBe(3);
        (await again.BatchAsync(1)).ShouldBe(3);
    }

    [Fact]
    public async Task Run_TargetWithRows_IsRefused()
    {
        await using var source = await BatchDatabase.CreateAsync();
        await using var target = await BatchDatabase.CreateAsync(engine: DatabaseEngine.PostgreSql);
        await target.BatchAsync(1);

        (await Should.ThrowAsync<RequestException>(() => new HistoryTransfer(source.Database, target.Database).RunAsync(Ct)))
            .Code.ShouldBe("history.not_empty");
    }

    [Fact]
    public async Task Run_RowThatTheTargetRefuses_CopiesNothing()
    {
        await using var source = await BatchDatabase.CreateAsync();
        await source.BatchAsync(5, name: "first");
        await source.BatchAsync(1, name: "a\0b");
        await using var target = await BatchDatabase.CreateAsync(engine: DatabaseEngine.PostgreSql);

        await Should.ThrowAsync<RequestException>(() => new HistoryTransfer(source.Database, target.Database).RunAsync(Ct));

        (await target.Batches.ListAsync(null, 9, Ct)).ShouldBeEmpty();
    }

    private static async Task<BatchDatabase> FilledAsync()
    {
        var database = await BatchDatabase.CreateAsync();
        var batch = await database.BatchAsync(250, name: "五月 <calls>");
        var chunk = (await database.Leases.TakeAsync("a", Ct))!;
        await database.Leases.StoreAsync("a", chunk, [BatchDatabase.Result(batch, 0, "digest"), BatchDatabase.Error(batch, 1)], Ct);
        await database.Leases.ReturnAsync("a", chunk, Ct);
        await database.Deletion.DeleteAsync((await database.Batches.CreateAsync("deleted", new(), 0, Ct)).Id, Ct);
        await database.Database.WriteAsync(
            async context =>
            {
                await ManyRecognitions.AddAsync(context, Recognitions);
                var id = await context.Recognitions.Select(entry => entry.Id).FirstAsync(Ct);
                context.Add(new SegmentEntry
                {
                    RecognitionId = id,
                    Number = 0,
                    Channel = 0,
                    Role = "",
                    Start = 0.1,
                    End = 2.7,
                    Emotion = Results.Emotion.Happy,
                    Confidence = 1 / 3f,
                    Scores = [1 / 3f, 1e-9f],
                });
                context.Add(new IdempotencyEntry { Scope = "", Key = "k", Fingerprint = "f", RecognitionId = id, Created = 1 });
                context.Add(new WebhookEntry
                {
                    Id = "1",
                    Url = "https://example.com/",
                    Type = "batch.done",
                    Subject = "/1",
                    Body = "{}",
                    Created = 1,
                    Due = 2,
                });
                return await context.SaveChangesAsync(Ct);
            },
            Ct);
        return database;
    }
}
