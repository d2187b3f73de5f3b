using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Webhooks;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Webhooks;

public sealed class WebhooksApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_Pages_AreNewestFirstWithoutGaps()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        await AddAsync(server, [.. Enumerable.Range(0, 5).Select(i => Entry($"{i}", WebhookState.Dead))]);

        List<string> ids = [];
        for (string? cursor = ""; cursor is not null;)
        {
            using var response = await server.GetAsync($"/api/v1/webhooks?limit=2&cursor={cursor}");
            var page = await response.JsonAsync();
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }

        ids.ShouldBe(["4", "3", "2", "1", "0"]);
    }

    [Fact]
    public async Task List_State_ReturnsOnlyThat()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        await AddAsync(server, Entry("0", WebhookState.Dead), Entry("1", WebhookState.Delivered), Entry("2", WebhookState.Pending));

        using var dead = await server.GetAsync("/api/v1/webhooks?state=dead");
        using var wrong = await server.GetAsync("/api/v1/webhooks?state=gone");
        using var far = await server.GetAsync("/api/v1/webhooks?limit=201");

        var item = (await dead.JsonAsync()).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        item.GetProperty("id").GetString().ShouldBe("0");
        item.GetProperty("receiver").GetString().ShouldBe("https://example.com:444");
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        far.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Retry_ServerWithoutSecretOrUnknownWebhook_IsRefused()
    {
        await using var off = await RunningServer.StartAsync(model: SlowModel.Quick);
        await using var on = await RunningServer.StartAsync([("WebhookSecret", "0123456789abcdef")], SlowModel.Quick);

        using var without = await off.PostAsync("/api/v1/webhooks/0/retry");
        using var unknown = await on.PostAsync("/api/v1/webhooks/0/retry");

        (await without.CodeAsync()).ShouldBe("webhook.no_secret");
        (await unknown.CodeAsync()).ShouldBe("webhook.not_found");
    }

    [Fact]
    public async Task Delete_Recognition_DeletesItsDeliveredWebhooks()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        var id = await server.SubmitAsync(Recordings.Speech);
        await server.EndAsync(id);
        await AddAsync(
            server, Entry("0", WebhookState.Dead, id), Entry("1", WebhookState.Delivered, id), Entry("2", WebhookState.Pending, id),
            Entry("3", WebhookState.Delivered, "other"));

        using var deleted = await server.DeleteAsync($"/api/v1/recognitions/{id}");

        using var response = await server.GetAsync("/api/v1/webhooks");
        (await response.JsonAsync()).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString())
            .ShouldBe(["3", "2"]);
    }

    private static async Task AddAsync(RunningServer server, params WebhookEntry[] entries)
    {
        await using var context =
            server.Services.GetRequiredService<HistoryDatabase>().CreateContext();
        context.AddRange(entries);
        await context.SaveChangesAsync(Ct);
    }

    private static WebhookEntry Entry(string id, WebhookState state, string recognition = "0123") => new()
    {
        Id = id,
        Url = "https://example.com:444/secret",
        Type = "recognition.done",
        Subject = $"/api/v1/recognitions/{recognition}",
        Body = "{}",
        Created = 0,
        Due = 0,
        State = state,
    };
}
