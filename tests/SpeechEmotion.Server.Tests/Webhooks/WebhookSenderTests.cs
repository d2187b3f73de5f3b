using Shouldly;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage.Webhooks;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Server.Webhooks;
using Xunit;

namespace SpeechEmotion.Server.Tests.Webhooks;

public sealed class WebhookSenderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_ReceiverHangs_EndsWithATimeout()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Then(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var time = new TimerTime();
        using var sender = Sender(time);

        var sending = sender.SendAsync(EntryFor(receiver.Url), Ct);
        await receiver.CountAsync(1);
        time.Fire();

        (await sending).ShouldBe(new WebhookAnswer(null, "webhook.timeout"));
    }

    [Fact]
    public async Task Send_EndlessAnswer_ReadsNoneOfIt()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var block = new byte[1 << 16];
        receiver.Then(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
        });
        using var sender = Sender(TimeProvider.System);

        (await sender.SendAsync(EntryFor(receiver.Url), Ct)).ShouldBe(new WebhookAnswer(200, null));
    }

    [Fact]
    public async Task Send_StopDuringTheAttempt_IsCancelled()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Then(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var sender = Sender(TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var sending = sender.SendAsync(EntryFor(receiver.Url), stop.Token);
        await receiver.CountAsync(1);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(sending);
    }

    private static WebhookSender Sender(TimeProvider time)
    {
        var options = Microsoft.Extensions.Options.Options.Create(
            new ServerOptions { WebhookSecret = "0123456789abcdef", WebhookHost = ["127.0.0.1"] });
        return new(options, new WebhookTargets(options, PublicAddress.Is), PublicAddress.Is, time);
    }

    private static WebhookEntry EntryFor(string url) => new()
    {
        Id = "0123",
        Url = url,
        Type = "recognition.done",
        Subject = "/api/v1/recognitions/0123",
        Body = "{}",
        Created = 0,
        Due = 0,
    };
}
