using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Jobs;

/// <summary>What a restart does with the recognitions that the server accepted before.</summary>
public sealed class RecognitionRestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_AfterAStop_FinishesWhatWasAccepted()
    {
        string[] accepted;
        var model = new SlowModel();
        await using (var before = await RunningServer.StartAsync([("Workers", "1")], () => model, _folder.Path))
        {
            accepted =
                [await before.SubmitAsync(Recordings.Speech, "first.wav"), await before.SubmitAsync(Recordings.Speech, "second.wav")];
            await Until.True(() => model.Begun == 1);
            await before.StopNowAsync();
        }

        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: _folder.Path);

        foreach (var id in accepted)
            (await server.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restart_AfterAKill_FinishesWithTheSameOptions()
    {
        string id;
        using (var killed = await ServerProcess.ListeningAsync(_folder.Path))
        {
            using var client = new HttpClient { BaseAddress = new(killed.Url!) };
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(Recordings.Wav(Recordings.Talk(40))), "file", "long.wav" },
                { new StringContent("always"), "segments" },
                { new StringContent("true"), "embedding" },
            };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions") { Content = form };
            request.Headers.Add("Prefer", "respond-async");
            using var accepted = await client.SendAsync(request, Ct);
            accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            id = (await accepted.JsonAsync()).GetProperty("id").GetString()!;
            await killed.EndAsync(ServerProcess.Kill);
        }

        await using var server = await RunningServer.StartAsync(output: _folder.Path);

        var end = await server.EndAsync(id);
        end.GetProperty("state").GetString().ShouldBe("done");
        end.GetProperty("segments").GetString().ShouldBe("always");
        end.GetProperty("links").GetProperty("embedding").GetString().ShouldNotBeNull();
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restart_RecordingIsLost_FailsTheRecognition()
    {
        var id = await LeaveAsync(attempts: 0);
        foreach (var upload in Directory.GetFiles(_folder.File(".ser/uploads")))
            File.Delete(upload);

        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: _folder.Path);

        var failed = await server.RecognitionAsync(id);
        failed.GetProperty("state").GetString().ShouldBe("failed");
        failed.GetProperty("error").GetProperty("code").GetString().ShouldBe("server.interrupted");
    }

    [Fact]
    public async Task Restart_AfterThreeCrashesOnARecording_SkipsIt()
    {
        var id = await LeaveAsync(attempts: 3);

        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: _folder.Path);

        var failed = await server.RecognitionAsync(id);
        failed.GetProperty("state").GetString().ShouldBe("failed");
        failed.GetProperty("error").GetProperty("code").GetString().ShouldBe("worker.crashed");
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restart_SeveralMayHaveCrashed_RunsThemOneByOneBesideNewOnes()
    {
        await LeaveAsync(attempts: 1);
        await LeaveAsync(attempts: 1);
        var model = new SlowModel();

        await using var server = await RunningServer.StartAsync([("Workers", "3")], () => model, _folder.Path);
        await Until.True(() => model.Begun == 1);
        await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 2);

        // The new one and one of the others run; the third worker is free.
        var queue = server.Services.GetRequiredService<SpeechEmotion.Server.Jobs.RecognitionQueue>();
        queue.Running.ShouldBe(2);
        queue.Waiting.ShouldBe(1);
        model.Go();
        await Until.True(() => queue is { Running: 0, Waiting: 0 });
        model.Begun.ShouldBe(3);
    }

    [Fact]
    public async Task Restart_RecognitionOfAnotherProgram_ContinuesIt()
    {
        var id = await LeaveAsync(attempts: 1, worker: "moved");

        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: _folder.Path);

        (await server.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Leaves a recognition that was running when the server crashed.</summary>
    private async Task<string> LeaveAsync(int attempts, string? worker = null)
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model, _folder.Path);
        var id = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun > 0);
        await server.StopNowAsync();
        var history = server.Services.GetRequiredService<RecognitionHistory>();
        var document = (await history.FindAsync(id, Ct))!;
        await history.SaveAsync(document with { State = RecognitionState.Running, Attempts = attempts }, null, Ct);
        if (worker is not null)
        {
            await server.Services.GetRequiredService<HistoryDatabase>().WriteAsync(
                context => context.Recognitions.ExecuteUpdateAsync(entry => entry.SetProperty(e => e.Worker, worker), Ct), Ct);
        }
        return id;
    }
}
