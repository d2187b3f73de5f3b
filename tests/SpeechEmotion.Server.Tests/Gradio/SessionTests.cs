using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Gradio;
using SpeechEmotion.Server.Gradio.Early;
using SpeechEmotion.Server.Gradio.Streams;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio;

/// <summary>What opens and ends a session, and what must not.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Heartbeat_UnknownSession_OpensNoSession()
    {
        await using var server = await RunningServer.StartAsync();

        using var heartbeat = await server.OpenAsync("/heartbeat/x");
        (await heartbeat.LineAsync()).ShouldBe("data: ALIVE");

        server.Services.GetRequiredService<GradioSessions>().Find("x").ShouldBeNull();
    }

    [Fact]
    public async Task Cancel_LargeBody_Is413()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.PostJsonAsync("/cancel", new { event_id = new string('x', 20_000) });

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public void Remove_RefusedEvent_LetsTheStreamEnd()
    {
        var sessions = new GradioSessions(new ManualTime(), CancellationToken.None);
        var refused = new GradioEvent();
        var session = sessions.Add("s", refused);
        session.TryClose(0).ShouldBeFalse();
        var changed = session.Read(0).Changed;

        sessions.Remove(refused);

        changed.IsCompleted.ShouldBeTrue();
        session.TryClose(0).ShouldBeTrue();
        sessions.FindEvent(refused.Id).ShouldBeNull();
    }

    [Fact]
    public void Post_Progress_ReplacesTheEarlierOne()
    {
        var sessions = new GradioSessions(new ManualTime(), CancellationToken.None);
        var (first, second) = (new GradioEvent(), new GradioEvent());
        var session = sessions.Add("s", first);
        sessions.Add("s", second);

        session.Post("starts");
        session.Post("10 %", first);
        session.Post("20 %", second);
        session.Post("30 %", first);

        session.Read(0).Messages.Select(message => message.Json).ShouldBe(["starts", "20 %", "30 %"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EndStream_ClientDisconnected_CancelsUnlessTheServerStops(bool stops)
    {
        var sessions = new GradioSessions(new ManualTime(), new CancellationToken(stops));
        var left = new GradioEvent();
        var session = sessions.Add("s", left);
        session.BeginStream();

        session.EndStream(complete: false);
        await Task.Delay(GradioSessions.Grace + TimeSpan.FromSeconds(1), CancellationToken.None);

        if (!stops)
            await Until.True(() => left.Cancellation.IsCancellationRequested);
        left.Cancellation.IsCancellationRequested.ShouldBe(!stops);
    }

    [Fact]
    public async Task Receive_WaitEnds_AcceptsNoMoreValues()
    {
        var calls = new EarlyCalls();
        using var wait = new CancellationTokenSource();
        var receiving = calls.ReceiveAsync("id", () => Task.CompletedTask, wait.Token);

        await wait.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(receiving);

        calls.Give("id", new(default, [])).ShouldBeFalse();
    }
}
