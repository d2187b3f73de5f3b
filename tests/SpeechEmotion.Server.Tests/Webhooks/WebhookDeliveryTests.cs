using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Webhooks;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Webhooks;

/// <summary>Webhooks from the request to the receiver, with a real server and a real receiver.</summary>
public sealed class WebhookDeliveryTests
{
    private const string Secret = "a secret of enough characters";

    private static readonly (string, string)[] Settings = [("WebhookSecret", Secret), ("WebhookHost:0", "127.0.0.1")];

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Post_Webhook_ReceivesTheSignedResult()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync();

        var id = await server.SubmitAsync(Recordings.Speech, "我的录音.wav", ("webhook", receiver.Url));
        await receiver.CountAsync(1);

        var message = receiver.Received.Single();
        message.Path.ShouldBe("/hooks/receiver-key?token=receiver-token");
        message.ShouldBeSignedWith(Encoding.UTF8.GetBytes(Secret));
        message.Headers["webhook-timestamp"].ShouldBe(_time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        message.Headers["content-type"].ShouldStartWith("application/json");
        message.Headers["user-agent"].ShouldStartWith("SpeechEmotion/");
        message.Type.ShouldBe("recognition.done");
        message.Json.GetProperty("timestamp").GetDateTimeOffset().ShouldBe(_time.GetUtcNow());
        var (data, resource) = (message.Data, await server.RecognitionAsync(id));
        data.GetProperty("link").GetString().ShouldBe(resource.GetProperty("links").GetProperty("self").GetString());
        foreach (var field in data.EnumerateObject().Where(field => field.Name is not ("link" or "created" or "completed")))
            field.Value.GetRawText().ShouldBe(Raw(resource.GetProperty(field.Name)), field.Name);
    }

    [Fact]
    public async Task Post_SecretOfStandardWebhooks_SignsWithItsBytes()
    {
        byte[] key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync(
            ("WebhookSecret", $"whsec_{Convert.ToBase64String(key)}"), ("WebhookHost:0", "127.0.0.1"));

        await server.SubmitAsync(Recordings.Speech, "a.wav", ("webhook", receiver.Url));
        await receiver.CountAsync(1);

        receiver.Received.Single().ShouldBeSignedWith(key);
    }

    [Fact]
    public async Task Post_DamagedRecording_ReceivesTheError()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync();

        using var response = await server.PostAsync([1, 2, 3], "a.wav", ("webhook", receiver.Url));
        await receiver.CountAsync(1);

        var message = receiver.Received.Single();
        message.ShouldBeSignedWith(Encoding.UTF8.GetBytes(Secret));
        message.Type.ShouldBe("recognition.failed");
        message.Data.GetProperty("error").GetProperty("code").GetString().ShouldBe(await response.CodeAsync());
        message.Data.GetProperty("error").GetProperty("message_zh").GetString().ShouldNotBeNullOrEmpty();
        message.Data.GetProperty("emotion").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Cancel_RecognitionWithWebhook_ReceivesTheCancellation()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await RunningServer.StartAsync(Settings, () => new SlowModel());

        var id = await server.SubmitAsync(Recordings.Speech, "a.wav", ("webhook", receiver.Url));
        using var cancelled = await server.PostAsync($"/api/v1/recognitions/{id}/cancel");
        await receiver.CountAsync(1);

        receiver.Received.Single().Type.ShouldBe("recognition.cancelled");
    }

    [Fact]
    public async Task Deliver_ReceiverFailsTwice_SucceedsWithTheSameMessage()
    {
        await using var receiver = (await WebhookReceiver.StartAsync()).Then(500).Then(503);
        await using var server = await StartAsync();

        await server.SubmitAsync(Recordings.Speech, "a.wav", ("webhook", receiver.Url));
        var first = await StateAsync(server, "pending", attempts: 1);
        first.GetProperty("status").GetInt32().ShouldBe(500);
        first.GetProperty("error").GetProperty("code").GetString().ShouldBe("webhook.status");
        (first.GetProperty("next_attempt").GetDateTimeOffset() - _time.GetUtcNow()).ShouldBeInRange(
            TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5));
        _time.Advance(TimeSpan.FromSeconds(6));
        await StateAsync(server, "pending", attempts: 2);
        _time.Advance(TimeSpan.FromSeconds(34));
        var last = await StateAsync(server, "delivered", attempts: 3);

        last.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
        last.GetProperty("next_attempt").ValueKind.ShouldBe(JsonValueKind.Null);
        receiver.Received.Length.ShouldBe(3);
        receiver.Received.Select(message => (message.Id, message.Body)).Distinct().Count().ShouldBe(1);
        receiver.Received.Select(message => message.Headers["webhook-timestamp"]).ShouldBeUnique();
        foreach (var message in receiver.Received)
            message.ShouldBeSignedWith(Encoding.UTF8.GetBytes(Secret));
    }

    [Fact]
    public async Task Deliver_ReceiverNeverAccepts_IsGivenUpAfterADayAndCanBeRetried()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        for (var i = 0; i < 9; i++)
            receiver.Then(500);
        await using var server = await StartAsync();
        var begun = _time.GetUtcNow();

        await server.SubmitAsync(Recordings.Speech, "a.wav", ("webhook", receiver.Url));
        for (var attempt = 1; attempt < 9; attempt++)
        {
            var pending = await StateAsync(server, "pending", attempt);
            _time.Advance(pending.GetProperty("next_attempt").GetDateTimeOffset() - _time.GetUtcNow());
        }
        var dead = await StateAsync(server, "dead", attempts: 9);

        (_time.GetUtcNow() - begun).ShouldBeInRange(TimeSpan.FromHours(22), TimeSpan.FromHours(25));
        receiver.Received.Length.ShouldBe(9);
        using var retried = await server.PostAsync($"/api/v1/webhooks/{dead.GetProperty("id").GetString()}/retry");
        retried.StatusCode.ShouldBe(HttpStatusCode.OK);
        await StateAsync(server, "delivered", attempts: 1);
        receiver.Received.Select(message => message.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Deliver_ReceiverIsGone_IsGivenUpAtOnce()
    {
        await using var receiver = (await WebhookReceiver.StartAsync()).Then(410);
        await using var server = await StartAsync();

        await server.SubmitAsync(Recordings.Speech, "a.wav", ("webhook", receiver.Url));

        (await StateAsync(server, "dead", attempts: 1)).GetProperty("status").GetInt32().ShouldBe(410);
    }

    [Fact]
    public async Task Deliver_Redirect_IsNotFollowed()
    {
        await using var other = await WebhookReceiver.StartAsync();
        await using var receiver = (await WebhookReceiver.StartAsync()).Then(307, other.Url);
        await using var server = await StartAsync();

        await server.SubmitAsync(Recordings.Speech, "a.wav", ("webhook", receiver.Url));

        (await StateAsync(server, "pending", attempts: 1)).GetProperty("status").GetInt32().ShouldBe(307);
        other.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deliver_NameOfAPrivateAddress_IsNotConnected()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync();

        await server.SubmitAsync(
            Recordings.Speech, "a.wav", ("webhook", receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));

        (await StateAsync(server, "pending", attempts: 1)).GetProperty("error").GetProperty("code").GetString()
            .ShouldBe("webhook.refused");
        receiver.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deliver_NothingListens_IsTriedAgain()
    {
        await using var server = await StartAsync();
        string url;
        await using (var receiver = await WebhookReceiver.StartAsync())
            url = receiver.Url;

        await server.SubmitAsync(Recordings.Speech, "a.wav", ("webhook", url));

        var pending = await StateAsync(server, "pending", attempts: 1);
        pending.GetProperty("error").GetProperty("code").GetString().ShouldBe("webhook.unreachable");
        pending.GetProperty("status").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Deliver_ReceiverThatHangs_LeavesRoomForOthers()
    {
        await using var slow = await WebhookReceiver.StartAsync();
        for (var i = 0; i < 9; i++)
            slow.Then(Hang);
        await using var quick = await WebhookReceiver.StartAsync();
        await using var server = await RunningServer.StartAsync(Settings, SlowModel.Quick);

        await server.Services.GetRequiredService<HistoryDatabase>().WriteAsync(context =>
        {
            context.AddRange(Enumerable.Range(0, 9).Select(i => Entry($"{i}", slow.Url, due: i)));
            context.AddRange(Enumerable.Range(10, 9).Select(i => Entry($"{i}", quick.Url, due: i)));
            return context.SaveChangesAsync();
        });
        await quick.CountAsync(9);
        await slow.CountAsync(2);

        // Its attempts end after 10 s, and two more begin; without a limit, eight begin at once.
        slow.Received.Length.ShouldBeLessThan(8);
    }

    [Fact]
    public async Task Stop_DuringAnAttempt_IsSentAgainByTheNextServer()
    {
        using var folder = new TemporaryFolder();
        await using var receiver = (await WebhookReceiver.StartAsync()).Then(Hang);
        await using (var before = await RunningServer.StartAsync(Settings, SlowModel.Quick, folder.Path))
        {
            await before.SubmitAsync(Recordings.Speech, "a.wav", ("webhook", receiver.Url));
            await receiver.CountAsync(1);
            await before.StopAsync(TestContext.Current.CancellationToken);
        }

        await using var server = await RunningServer.StartAsync(Settings, SlowModel.Quick, folder.Path);
        await receiver.CountAsync(2);

        receiver.Received.Select(message => (message.Id, message.Body)).Distinct().Count().ShouldBe(1);
        await StateAsync(server, "delivered", attempts: 1);
    }

    [Fact]
    public async Task Start_RecognitionThatWasInterrupted_ReceivesItsEnd()
    {
        using var folder = new TemporaryFolder();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using (var before = await RunningServer.StartAsync(Settings, () => new SlowModel(), folder.Path))
        {
            await before.SubmitAsync(Recordings.Speech, "a.wav", ("webhook", receiver.Url));
            await before.StopNowAsync();
        }

        await using var server = await RunningServer.StartAsync(Settings, SlowModel.Quick, folder.Path);
        await receiver.CountAsync(1);

        receiver.Received.Single().Type.ShouldBe("recognition.done");
    }

    [Fact]
    public async Task Post_BatchWithWebhook_ReceivesItsEnd()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await RunningServer.StartAsync(Settings, SlowModel.Quick);

        using var created = await server.PostBatchAsync(
            [("file", "a.wav", Recordings.Speech), ("file", "b.txt", "no audio"u8.ToArray())], ("webhook", receiver.Url));
        await receiver.CountAsync(1);

        var message = receiver.Received.ShouldHaveSingleItem();
        message.ShouldBeSignedWith(Encoding.UTF8.GetBytes(Secret));
        message.Type.ShouldBe("batch.done");
        var data = message.Data;
        (data.Number("items"), data.Number("succeeded"), data.Number("failed")).ShouldBe((2, 1, 1));
        data.GetProperty("link").GetString().ShouldBe((await created.JsonAsync()).Link("self"));
    }

    [Fact]
    public async Task Deliver_Secrets_AppearNowhereElse()
    {
        await using var receiver = (await WebhookReceiver.StartAsync()).Then(500);
        await using var server = await StartAsync();

        var id = await server.SubmitAsync(Recordings.Speech, "a.wav", ("webhook", receiver.Url));
        await StateAsync(server, "pending", attempts: 1);

        var texts = new List<string> { await ServerLogText.ReadAsync(server) };
        foreach (var path in (string[])["/api/v1/webhooks", $"/api/v1/recognitions/{id}", "/api/v1/recognitions", "/api/v1/system"])
        {
            using var response = await server.GetAsync(path);
            texts.Add(await response.TextAsync());
        }
        using var refused = await server.PostAsync(Recordings.Speech, "a.wav", ("webhook", "ftp://a/receiver-key?token=receiver-token"));
        texts.Add(await refused.TextAsync());
        foreach (var text in texts)
        {
            text.ShouldNotContain("receiver-key");
            text.ShouldNotContain("receiver-token");
            text.ShouldNotContain(Secret);
        }
    }

    private Task<RunningServer> StartAsync(params (string, string)[] settings) => RunningServer.StartAsync(
        settings.Length > 0 ? settings : Settings, SlowModel.Quick, configure: services => services.AddSingleton<TimeProvider>(_time));

    /// <summary>Waits until the only webhook of a server has a state after a number of attempts.</summary>
    private static async Task<JsonElement> StateAsync(RunningServer server, string state, int attempts)
    {
        JsonElement webhook = default;
        await Until.AsyncTrue(async () =>
        {
            using var response = await server.GetAsync("/api/v1/webhooks");
            var items = (await response.JsonAsync()).GetProperty("items");
            if (items.GetArrayLength() == 0)
                return false;
            webhook = items.EnumerateArray().ShouldHaveSingleItem();
            return webhook.GetProperty("state").GetString() == state && webhook.GetProperty("attempts").GetInt32() == attempts;
        });
        return webhook;
    }

    private static WebhookEntry Entry(string id, string url, long due) => new()
    {
        Id = id,
        Url = url,
        Type = "recognition.done",
        Subject = "/api/v1/recognitions/0123",
        Body = "{}",
        Created = 0,
        Due = due,
    };

    private static Task Hang(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    /// <summary>The text of a value, with Chinese unescaped as in the message.</summary>
    private static string Raw(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? $"\"{value.GetString()}\"" : value.GetRawText();
}
