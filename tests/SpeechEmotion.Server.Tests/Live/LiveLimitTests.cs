using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Live;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Live;

/// <summary>Clients that send too much, too little or nothing, many clients at once, and a server that stops.</summary>
public sealed class LiveLimitTests
{
    [Fact]
    public async Task Idle_BeforeTheFirstMessage_IsAnError()
    {
        await using var server = await StartAsync(new SlowModel(), new() { First = TimeSpan.FromMilliseconds(50) });
        using var client = await LiveClient.ConnectAsync(server);

        (await client.RestAsync()).ShouldHaveSingleItem().Code().ShouldBe("live.idle");
        client.CloseStatus.ShouldBe(1008);
    }

    [Fact]
    public async Task Idle_DuringTheStream_IsAnErrorAfterTheSummary()
    {
        await using var server = await StartAsync(SlowModel.Quick(), new() { Idle = TimeSpan.FromSeconds(5) });
        using var client = await LiveClient.StartAsync(server);
        await client.SendAsync(new short[8000]);

        var rest = await client.RestAsync();

        rest.Select(message => message.Type()).ShouldBe(["summary", "error"]);
        rest[0].Seconds().ShouldBe(0.5, 0.02);
        rest[1].Code().ShouldBe("live.idle");
    }

    [Fact]
    public async Task Idle_WhileTheModelIsBeingLoaded_IsNotCounted()
    {
        var idle = TimeSpan.FromSeconds(0.3);
        using var model = new LoadingModel();
        await using var server = await RunningServer.StartAsync(
            model: model.Load, configure: services => services.AddSingleton(new LiveLimits { Idle = idle }));
        using var client = await LiveClient.ConnectAsync(server);
        await client.SendAsync(LiveClient.Start);
        await Task.Delay(idle * 3, TestContext.Current.CancellationToken);

        model.Go();

        (await client.RestAsync()).Select(message => message.Type()).ShouldBe(["ready", "summary", "error"]);
    }

    [Fact]
    public async Task Length_BeyondTheLimit_IsAnErrorAfterTheSummary()
    {
        await using var server = await RunningServer.StartAsync([("LiveHours", "0.01")], SlowModel.Quick);
        using var client = await LiveClient.StartAsync(server);
        var rest = client.RestAsync();

        await client.SendAsync(Recordings.Talk(7), () => 7777);

        (await rest)[^2].Seconds().ShouldBe(36, 0.001);
        (await rest)[^1].Code().ShouldBe("live.too_long");
        client.CloseStatus.ShouldBe(1008);
    }

    [Fact]
    public async Task Disconnect_DuringAnInference_CancelsItAndReleasesTheSlot()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("LiveStreams", "1")], () => model);
        var streams = server.Services.GetRequiredService<LiveStreams>();
        foreach (var leave in new Func<LiveClient, Task>[] { BreakAsync, client => client.CloseAsync() })
        {
            var before = model.Begun;
            using var client = await LiveClient.StartAsync(server);
            await client.SendAsync(Recordings.Talk(1));
            await Until.True(() => model.Begun == before + 1);

            await leave(client);

            await Until.True(() => model.Ended == before + 1);
            await Until.True(() => streams.Open == 0);
        }
        await Until.AsyncTrue(async () => (await ServerLogText.ReadAsync(server)).Split("segment(s), disconnected").Length == 3);
    }

    [Fact]
    public async Task Stop_DuringAStream_SendsTheSummaryFirst()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var client = await LiveClient.StartAsync(server);
        await client.SendAsync(Recordings.Talk(1));
        // The server does not process audio that arrives after it stops.
        var hops = Recordings.Talk(1).Length / 16000;
        while ((await client.NextAsync("partial")).GetProperty("end").GetDouble() < hops)
        {
        }
        var rest = client.RestAsync();

        await server.StopAsync();

        (await rest)[^2].Seconds().ShouldBeInRange(hops, (Recordings.Talk(1).Length / 16000.0) + 0.02);
        (await rest)[^1].Code().ShouldBe("server.stopping");
        client.CloseStatus.ShouldBe(1011);
    }

    [Fact]
    public async Task Stop_HostCancels_CancelsTheInference()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var client = await LiveClient.StartAsync(server);
        await client.SendAsync(Recordings.Talk(1));
        await Until.True(() => model.Begun == 1);

        await server.StopNowAsync();

        await Until.True(() => model.Ended == 1);
    }

    [Fact]
    public async Task Sender_FasterThanTheModel_IsThrottledAndLosesNothing()
    {
        const int seconds = 100;
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var client = await LiveClient.StartAsync(
            server, """{"sample_rate": 48000, "channels": 2, "encoding": "f32le", "hop": 0.25}""");
        var rest = client.RestAsync();

        var sending = Task.Run(async () =>
        {
            var block = Stereo(48000 / 4);
            for (var i = 0; i < seconds * 4; i++)
                await client.SendAsync(block);
            await client.SendAsync(LiveClient.End);
        });
        await Until.True(() => model.Begun > 0);
        sending.IsCompleted.ShouldBeFalse();
        model.Go();
        await sending;

        var messages = await rest;
        messages[^1].Type().ShouldBe("summary");
        messages[^1].Seconds().ShouldBe(seconds, 0.01);
        var lags = messages.Of("lag");
        lags.ShouldNotBeEmpty();
        lags.ShouldAllBe(lag => lag.GetProperty("behind").GetDouble() > 0.25 && lag.GetProperty("behind").GetDouble() < 10.1);
        lags[^1].GetProperty("skipped").GetInt32().ShouldBeGreaterThan(0);
        messages.Of("partial").Length.ShouldBeLessThan(seconds * 4);
    }

    [Fact]
    public async Task Sender_Slow_IsServedAmongFastOnes()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        var fast = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => LiveClient.StartAsync(server)));
        var rests = fast.Select(client => client.RestAsync()).ToArray();
        var sending = fast.Select(client => client.SendAsync(Recordings.Talk(30, 0.5), () => 32_000)).ToArray();
        await Until.True(() => model.Begun >= Environment.ProcessorCount);
        using var slow = await LiveClient.StartAsync(server);
        var samples = Recordings.Talk(1);
        var partial = default(Task<JsonElement>);

        for (var at = 0; at < 3; at++)
        {
            await slow.SendAsync(samples[(at * 16000)..((at + 1) * 16000)], () => 32_000);
            partial = slow.NextAsync("partial");
            // One inference at a time: no stream gets more of them than another.
            while (!partial.IsCompleted)
            {
                var begun = model.Begun;
                model.Step();
                await Until.True(() => partial.IsCompleted || model.Begun > begun);
            }
            (await partial).GetProperty("end").GetDouble().ShouldBe(at + 1);
        }

        rests.ShouldAllBe(rest => !rest.IsCompleted);
        foreach (var client in fast)
            client.Dispose();
        await Task.WhenAll([.. sending, .. rests])
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task Recordings_BesideStreams_AreRecognized()
    {
        await using var server = await RunningServer.StartAsync();
        var streams = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LiveClient.StartAsync(server)));
        var rests = streams.Select(client => client.RestAsync()).ToArray();
        var sending = streams.Select(client => client.SendAsync(Recordings.Talk(20), () => 32_000)).ToArray();

        using var response = await server.PostAsync(Recordings.Speech, "a.wav");

        response.IsSuccessStatusCode.ShouldBeTrue();
        foreach (var client in streams)
            client.Dispose();
        await Task.WhenAll([.. sending, .. rests])
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private static Task<RunningServer> StartAsync(SlowModel model, LiveLimits limits) =>
        RunningServer.StartAsync(model: () => model, configure: services => services.AddSingleton(limits));

    private static Task BreakAsync(LiveClient client)
    {
        client.Break();
        return Task.CompletedTask;
    }

    /// <summary>Speech as 32-bit stereo floats at three times its sample rate.</summary>
    private static byte[] Stereo(int frames) => MemoryMarshal.AsBytes(
        [.. Enumerable.Range(0, frames * 2).Select(i => Recordings.SpeechSamples[20_000 + (i / 6)] / 32768f)]).ToArray();
}
