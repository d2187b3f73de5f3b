using System.Net;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

/// <summary>Recognitions that are watched, cancelled and deleted while they wait or run.</summary>
public sealed class AsyncRecognitionTests
{
    private static readonly (string, string)[] OneWorker = [("Workers", "1")];

    [Fact]
    public async Task Get_QueuedAndRunning_ReportsPositionAndProgress()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(OneWorker, () => model);
        var first = await server.SubmitAsync(Recordings.Wav(Recordings.Talk(16)));
        await Until.True(() => model.Begun > 0);
        var second = await server.SubmitAsync(Recordings.Speech);
        var third = await server.SubmitAsync(Recordings.Speech);

        var running = await server.RecognitionAsync(first);
        running.GetProperty("state").GetString().ShouldBe("running");
        running.GetProperty("progress").GetDouble().ShouldBe(0);
        running.GetProperty("queue_position").ValueKind.ShouldBe(JsonValueKind.Null);
        running.GetProperty("duration").GetDouble().ShouldBe(Recordings.Talk(16).Length / 16000.0, 0.01);
        (await server.RecognitionAsync(second)).GetProperty("queue_position").GetInt32().ShouldBe(1);
        var last = await server.RecognitionAsync(third);
        last.GetProperty("state").GetString().ShouldBe("queued");
        last.GetProperty("queue_position").GetInt32().ShouldBe(2);
        await Until.AsyncTrue(async () =>
        {
            model.Step();
            return (await server.RecognitionAsync(first)).GetProperty("progress").GetDouble() is > 0.3 and < 1;
        });
        model.Go();

        var done = await server.EndAsync(first);
        done.GetProperty("summary").GetProperty("speech").GetDouble().ShouldBeGreaterThan(30);
        done.GetProperty("progress").GetDouble().ShouldBe(1);
        (await server.EndAsync(third)).GetProperty("state").GetString().ShouldBe("done");
        using var system = await server.GetAsync("/api/v1/system");
        var queue = (await system.JsonAsync()).GetProperty("queue");
        await Until.True(() => server.Uploads.Length == 0);
        queue.GetProperty("waiting").GetInt32().ShouldBe(0);
        queue.GetProperty("capacity").GetInt32().ShouldBe(128);
    }

    [Fact]
    public async Task Cancel_Queued_LeavesTheQueueImmediately()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(OneWorker, () => model);
        await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        var waiting = await server.SubmitAsync(Recordings.Speech);
        var behind = await server.SubmitAsync(Recordings.Speech);

        using var response = await server.PostAsync($"/api/v1/recognitions/{waiting}/cancel");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.JsonAsync()).GetProperty("state").GetString().ShouldBe("cancelled");
        (await server.RecognitionAsync(behind)).GetProperty("queue_position").GetInt32().ShouldBe(1);
        server.Uploads.Length.ShouldBe(2);
        model.Begun.ShouldBe(1);
        model.Go();
        await server.EndAsync(behind);
        model.Begun.ShouldBe(2);
    }

    [Fact]
    public async Task Cancel_Running_StopsTheInference()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(OneWorker, () => model);
        var id = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);

        using var response = await server.PostAsync($"/api/v1/recognitions/{id}/cancel");

        (await response.JsonAsync()).GetProperty("state").GetString().ShouldBe("cancelled");
        model.Ended.ShouldBe(1);
        server.Uploads.ShouldBeEmpty();
        server.Folders.ShouldBeEmpty();
        Directory.GetDirectories(server.Output, ".outputs_*").ShouldBeEmpty();
        using var again = await server.PostAsync($"/api/v1/recognitions/{id}/cancel");
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Cancel_SynchronousRequest_ReturnsConflictToItsCaller()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(OneWorker, () => model);
        var answer = server.PostAsync(Recordings.Speech, "a.wav");
        await Until.True(() => model.Begun == 1);
        using var list = await server.GetAsync("/api/v1/recognitions?state=running");
        var id = (await list.JsonAsync()).GetProperty("items")[0].GetProperty("id").GetString();

        using var cancelled = await server.PostAsync($"/api/v1/recognitions/{id}/cancel");

        using var response = await answer;
        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await response.CodeAsync()).ShouldBe("recognition.cancelled");
    }

    [Fact]
    public async Task Post_ClientDisconnects_CancelsTheRecognition()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(OneWorker, () => model);
        using (var connection = await RawConnection.OpenAsync(server))
        {
            await connection.BeginPostAsync($"Content-Length: {Recordings.Speech.Length}");
            await connection.SendAsync(Recordings.Speech);
            await Until.True(() => model.Begun == 1);
            connection.Break();
        }

        await Until.True(() => model.Ended == 1);
        await Until.True(() => server.Uploads.Length == 0);
        using var list = await server.GetAsync("/api/v1/recognitions");
        var id = (await list.JsonAsync()).GetProperty("items")[0].GetProperty("id").GetString()!;
        (await server.EndAsync(id)).GetProperty("state").GetString().ShouldBe("cancelled");
        server.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_Running_StopsAndRemovesIt()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(OneWorker, () => model);
        var id = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);

        using var response = await server.DeleteAsync($"/api/v1/recognitions/{id}");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        model.Ended.ShouldBe(1);
        using var deleted = await server.GetAsync($"/api/v1/recognitions/{id}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await deleted.CodeAsync()).ShouldBe("recognition.not_found");
        using var twice = await server.DeleteAsync($"/api/v1/recognitions/{id}");
        twice.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Post_QueueFull_IsRefusedWithRetryAfter()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1"), ("Queue", "2")], () => model);
        await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        var waiting = await server.SubmitAsync(Recordings.Speech);
        await server.SubmitAsync(Recordings.Speech);

        using var response = await server.PostAsync(Recordings.Speech, "a.wav");

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        (await response.CodeAsync()).ShouldBe("queue.full");
        server.Uploads.Length.ShouldBe(3);
        using var list = await server.GetAsync("/api/v1/recognitions");
        (await list.JsonAsync()).GetProperty("total").GetInt32().ShouldBe(3);
        using var made = await server.PostAsync($"/api/v1/recognitions/{waiting}/cancel");
        await server.SubmitAsync(Recordings.Speech);
        model.Go();
    }

    [Fact]
    public async Task Cancel_ManyInAnyState_AllReachAFinalState()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "2")], () => model);
        var ids = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => server.SubmitAsync(Recordings.Speech)));

        await Task.WhenAll(ids.Select(async (id, i) =>
        {
            using var response = await (i % 2 == 0
                ? server.PostAsync($"/api/v1/recognitions/{id}/cancel")
                : server.DeleteAsync($"/api/v1/recognitions/{id}"));
            response.IsSuccessStatusCode.ShouldBeTrue();
        }));

        using var list = await server.GetAsync("/api/v1/recognitions?state=cancelled");
        (await list.JsonAsync()).GetProperty("total").GetInt32().ShouldBe(12);
        server.Uploads.ShouldBeEmpty();
        using var system = await server.GetAsync("/api/v1/system");
        var queue = (await system.JsonAsync()).GetProperty("queue");
        queue.GetProperty("waiting").GetInt32().ShouldBe(0);
        queue.GetProperty("running").GetInt32().ShouldBe(0);
    }
}
