using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Webhooks;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage.Webhooks;

public abstract class WebhookStoreTests(DatabaseEngine engine)
{
    public sealed class OnSqlite() : WebhookStoreTests(DatabaseEngine.Sqlite);

    public sealed class OnPostgreSql() : WebhookStoreTests(DatabaseEngine.PostgreSql);

    private readonly ManualTime _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Complete_BatchWithWebhook_AddsOneEvent()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var id = await BatchAsync(database, "https://example.com/");
        var chunk = (await database.Leases.TakeAsync("a", Ct))!;
        await database.Leases.StoreAsync("a", chunk, [BatchDatabase.Result(id, 0), BatchDatabase.Error(id, 1)], Ct);
        await database.Leases.ReturnAsync("a", chunk, Ct);

        (await database.Batches.CompleteAsync(id, Ct)).ShouldBeFalse();
        await database.Intake.SealAsync(id, Ct);
        (await database.Batches.CompleteAsync(id, Ct)).ShouldBeTrue();
        (await database.Batches.CompleteAsync(id, Ct)).ShouldBeFalse();

        var entry = (await database.Webhooks.ListAsync(null, null, 9, Ct)).ShouldHaveSingleItem();
        Contract.WebhookEvent.ShouldAccept(entry.Body, "The event of a batch");
        (entry.Type, entry.Url, entry.Subject).ShouldBe(("batch.done", "https://example.com/", $"/api/v1/batches/{id}"));
        var data = JsonElement.Parse(entry.Body).GetProperty("data");
        (data.GetProperty("items").GetInt32(), data.GetProperty("succeeded").GetInt32(), data.GetProperty("failed").GetInt32())
            .ShouldBe((2, 1, 1));
        data.GetProperty("link").GetString().ShouldBe(entry.Subject);
    }

    [Fact]
    public async Task Pause_OnlyForAFailure_AddsAnEvent()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var id = await BatchAsync(database, "https://example.com/");

        await database.Batches.PauseAsync(id, null, Ct);
        (await database.Webhooks.ListAsync(null, null, 9, Ct)).ShouldBeEmpty();
        await database.Batches.ResumeAsync(id, Ct);
        await database.Batches.PauseAsync(id, BatchErrors.SourceLost("/recordings/0.wav"), Ct);

        var entry = (await database.Webhooks.ListAsync(null, null, 9, Ct)).ShouldHaveSingleItem();
        Contract.WebhookEvent.ShouldAccept(entry.Body, "The event of a batch");
        entry.Type.ShouldBe("batch.paused");
        var error = JsonElement.Parse(entry.Body).GetProperty("data").GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("batch.source_lost");
        error.GetProperty("message").GetString()!.ShouldNotContain("/recordings/");
    }

    [Fact]
    public async Task Complete_BatchWithoutWebhook_AddsNoEvent()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        var batch = await database.Batches.CreateAsync("batch", new BatchOptions(), 0, Ct);
        await database.Intake.SealAsync(batch.Id, Ct);

        (await database.Batches.CompleteAsync(batch.Id, Ct)).ShouldBeTrue();

        (await database.Webhooks.ListAsync(null, null, 9, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task TakeDue_PendingEvents_PutsFailingReceiversLast()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        await AddAsync(
            database, Entry("0", WebhookState.Pending, due: 3), Entry("1", WebhookState.Pending, due: 1),
            Entry("2", WebhookState.Dead, due: 0), Entry("3", WebhookState.Pending, due: 2),
            Entry("4", WebhookState.Pending, due: Now + 1), Entry("5", WebhookState.Pending, due: 0, attempts: 2));

        List<string> found = ["3"];
        while (await database.Webhooks.TakeDueAsync(found, [], Ct) is { } due)
            found.Add(due.Id);

        found.ShouldBe(["3", "1", "0", "5"]);
    }

    [Fact]
    public async Task Record_EventThatAnotherServerHasTaken_ChangesNothing()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        await AddAsync(database, Entry("0", WebhookState.Pending));
        await database.Webhooks.TakeDueAsync([], [], Ct);
        await database.Database.WriteAsync(
            context => context.Webhooks.ExecuteUpdateAsync(entry => entry.SetProperty(e => e.Sender, "other"), Ct), Ct);

        await database.Webhooks.RecordAsync("0", WebhookState.Delivered, 1, 200, null, TimeSpan.Zero, Ct);

        var entry = (await database.Webhooks.ListAsync(null, null, 9, Ct)).ShouldHaveSingleItem();
        (entry.State, entry.Sender).ShouldBe((WebhookState.Pending, "other"));
    }

    [Fact]
    public async Task Sweep_OldEvents_DeletesDeliveredAfterAWeekAndDeadAfterAMonth()
    {
        await using var database = await BatchDatabase.CreateAsync(_time, engine);
        await AddAsync(
            database, Entry("0", WebhookState.Delivered, completed: Now), Entry("1", WebhookState.Dead, completed: Now),
            Entry("2", WebhookState.Pending, due: 0));

        await database.AdvanceAsync(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (await database.Webhooks.SweepAsync(Ct)).ShouldBe(0);
        await database.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await database.Webhooks.SweepAsync(Ct)).ShouldBe(1);
        await database.AdvanceAsync(TimeSpan.FromDays(23));
        (await database.Webhooks.SweepAsync(Ct)).ShouldBe(1);
        await database.AdvanceAsync(TimeSpan.FromDays(999));
        (await database.Webhooks.SweepAsync(Ct)).ShouldBe(0);
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static async Task<int> BatchAsync(BatchDatabase database, string webhook)
    {
        var batch = await database.Batches.CreateAsync("batch", new BatchOptions(), 0, Ct, webhook: webhook);
        await database.Intake.AddAsync(batch.Id, [BatchDatabase.Item("0.wav"), BatchDatabase.Item("1.wav")], Ct);
        return batch.Id;
    }

    private static Task<int> AddAsync(BatchDatabase database, params WebhookEntry[] entries) => database.Database.WriteAsync(context =>
    {
        context.AddRange(entries);
        return context.SaveChangesAsync(Ct);
    }, Ct);

    private static WebhookEntry Entry(string id, WebhookState state, long due = 0, int attempts = 0, long? completed = null) => new()
    {
        Id = id,
        Url = "https://example.com/",
        Type = "recognition.done",
        Subject = "/api/v1/recognitions/0123",
        Body = "{}",
        Created = 0,
        Due = due,
        State = state,
        Attempts = attempts,
        Completed = completed,
    };
}
