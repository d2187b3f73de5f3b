using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Server.Uploads;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

/// <summary>How recognitions end when the server stops.</summary>
public sealed class RecognitionStopTests
{
    [Fact]
    public async Task Stop_WithoutTimeout_FinishesRunningAndQueued()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        var running = await server.SubmitAsync(Recordings.Speech);
        var waiting = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);

        var stop = server.StopAsync(CancellationToken.None);
        model.Go();
        await stop;

        (await FindAsync(server, running)).State.ShouldBe(RecognitionState.Done);
        (await FindAsync(server, waiting)).State.ShouldBe(RecognitionState.Done);
        server.Folders.Length.ShouldBe(2);
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stop_TimeoutExpired_LeavesThemForTheNextStart()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        var running = await server.SubmitAsync(Recordings.Speech);
        var waiting = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);

        await server.StopNowAsync();

        foreach (var id in new[] { running, waiting })
        {
            var document = await FindAsync(server, id);
            document.State.ShouldBe(RecognitionState.Queued);
            document.Attempts.ShouldBe(0);
        }
        model.Ended.ShouldBe(1);
        server.Uploads.Length.ShouldBe(2);
        server.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stop_TimeoutExpiredWithWaitingCaller_DoesNotCancel()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        var answer = server.PostAsync(Recordings.Speech, "a.wav");
        await Until.True(() => model.Begun == 1);

        await server.StopNowAsync();

        await Should.ThrowAsync<HttpRequestException>(answer);
        var page = await server.Services.GetRequiredService<RecognitionHistory>().ListAsync(new(), CancellationToken.None);
        page.Items.ShouldHaveSingleItem().State.ShouldBe(RecognitionState.Queued);
    }

    [Fact]
    public async Task Stop_WhileTheModelLoads_EndsTheJobBeforeLoadingEnds()
    {
        using var loading = new ManualResetEventSlim();
        await using var server = await RunningServer.StartAsync(model: () =>
        {
            loading.Wait();
            return new SlowModel();
        });
        var id = await server.SubmitAsync(Recordings.Speech);
        var job = server.Services.GetRequiredService<RecognitionQueue>().Find(id)!;

        var stop = server.StopNowAsync();
        await job.Completion;
        loading.Set();
        await stop;

        job.Error!.Code.ShouldBe("server.interrupted");
        (await FindAsync(server, id)).State.ShouldBe(RecognitionState.Queued);
    }

    [Fact]
    public async Task Stop_NewRequests_AreRefused()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        using var connection = await RawConnection.OpenAsync(server);
        await connection.BeginPostAsync($"Content-Length: {Recordings.Speech.Length}\r\nConnection: close");
        await connection.SendAsync(Recordings.Speech.AsMemory(0, 1000));
        await Until.True(() => server.Uploads.Length == 2);

        var stop = server.StopAsync(CancellationToken.None);
        var lifetime = server.Services.GetRequiredService<IHostApplicationLifetime>();
        await Until.True(() => lifetime.ApplicationStopping.IsCancellationRequested);
        await connection.SendAsync(Recordings.Speech.AsMemory(1000));
        var answer = await connection.AnswerAsync();
        model.Go();
        await stop;

        answer.ShouldStartWith("HTTP/1.1 503");
        answer.ShouldContain("Retry-After:");
        answer.ShouldContain("\"code\":\"server.stopping\"");
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Enqueue_AfterStop_IsRefused()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        var upload = await server.Services.GetRequiredService<UploadStore>()
            .SaveAsync(new MemoryStream(Recordings.Speech), "a.wav", temporary: true, length: null, CancellationToken.None);
        await server.StopAsync(CancellationToken.None);

        var error = await Should.ThrowAsync<RequestException>(server.Services.GetRequiredService<RecognitionQueue>()
            .EnqueueAsync(new(upload, new(), null), CancellationToken.None));

        error.Code.ShouldBe("server.stopping");
        File.Exists(upload.Path).ShouldBeFalse();
    }

    private static async Task<RecognitionDocument> FindAsync(RunningServer server, string id) =>
        (await server.Services.GetRequiredService<RecognitionHistory>().FindAsync(id, CancellationToken.None))!;
}
