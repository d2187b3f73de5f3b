using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Batches;

/// <summary>How clients control and watch running batches.</summary>
public sealed class BatchControlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pause_ThenResume_StopsAndGoesOn()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var created = await server.PostBatchAsync(Files(8));
        var batch = await created.JsonAsync();
        await Until.True(() => model.Begun > 0);

        using var paused = await server.PostAsync(batch.Link("pause"));
        // The engine sees the pause within half a second; the recordings that run are not interrupted.
        await Task.Delay(TimeSpan.FromSeconds(1.5), Ct);
        var begun = model.Begun;
        model.Go();
        await server.BatchAsync(batch, now => now.Number("succeeded") == begun);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        (await paused.JsonAsync()).GetProperty("state").GetString().ShouldBe("paused");
        model.Begun.ShouldBe(begun);

        using var resumed = await server.PostAsync(batch.Link("self") + "/resume");
        (await server.BatchEndAsync(resumed)).Number("succeeded").ShouldBe(8);
    }

    [Fact]
    public async Task Cancel_RunningBatch_KeepsItsResults()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var created = await server.PostBatchAsync(Files(20));
        var batch = await created.JsonAsync();
        await Until.True(() => model.Begun > 0);

        using var cancelled = await server.PostAsync(batch.Link("cancel"));
        await Task.Delay(TimeSpan.FromSeconds(1.5), Ct);
        model.Go();

        (await cancelled.JsonAsync()).GetProperty("state").GetString().ShouldBe("cancelled");
        var end = await server.BatchAsync(batch, now => now.Number("succeeded") == model.Begun);
        end.Number("succeeded").ShouldBeInRange(1, 19);
        end.GetProperty("links").GetProperty("resume").GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task Single_WhileABatchRuns_GoesFirst()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var created = await server.PostBatchAsync(Files(30));
        var batch = await created.JsonAsync();
        await Until.True(() => model.Begun == Environment.ProcessorCount);

        var single = server.PostAsync(Recordings.Speech, "now.wav");
        await Until.True(() => model.Begun == Environment.ProcessorCount + 1);
        (await server.JsonAsync(batch.Link("self"))).Number("succeeded").ShouldBe(0);
        model.Go();

        using var answer = await single;
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        await server.BatchEndAsync(created);
    }

    [Fact]
    public async Task Add_ModelHasChanged_PausesUntilItIsTheSameAgain()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var created = await server.PostBatchAsync([("file", "a.wav", Recordings.Noise(1))], ("open", "true"));
        var batch = await server.BatchAsync(await created.JsonAsync(), now => now.Number("succeeded") == 1);
        var model = await ReplaceModelAsync(server, "synthetic int8 0123456789abcdef");

        using var added = await server.PostFilesAsync(batch.Link("recordings"), [("file", "b.wav", Recordings.Noise(2))]);
        var paused = await server.BatchAsync(batch, now => now.GetProperty("state").GetString() == "paused");

        model.ShouldBe("synthetic fp32 0123456789abcdef");
        var reason = paused.GetProperty("reason");
        reason.GetProperty("code").GetString().ShouldBe("batch.other_model");
        reason.GetProperty("message").GetString()!.ShouldContain("int8");
        (paused.Number("succeeded"), paused.Number("failed")).ShouldBe((1, 0));
        await ReplaceModelAsync(server, model);
        using var resumed = await server.PostAsync(paused.Link("resume"));
        await server.BatchAsync(batch, now => now.Number("succeeded") == 2);
    }

    [Fact]
    public async Task Retry_FailedRecording_ProcessesItAgain()
    {
        await using var server = await RunningServer.StartAsync(
            [("BatchRoot", _folder.Path)], model: SlowModel.Quick);
        File.WriteAllText(_folder.File("a.wav"), "not yet audio");
        File.WriteAllBytes(_folder.File("b.wav"), Recordings.Speech);
        using var created = await server.Client.PostAsJsonAsync("/api/v1/batches", new { folder = "" }, Ct);
        var before = await server.BatchEndAsync(created);
        File.WriteAllBytes(_folder.File("a.wav"), Recordings.Speech);

        using var nothing = await server.PostAsync($"{before.Link("retry")}?item=1");
        using var retried = await server.PostAsync($"{before.Link("retry")}?item=0");

        before.Number("failed").ShouldBe(1);
        nothing.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var after = await server.BatchEndAsync(retried);
        (after.Number("succeeded"), after.Number("failed")).ShouldBe((2, 0));
    }

    [Fact]
    public async Task Change_NameAndPriority_AreStored()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var created = await server.PostBatchAsync(Files(1));
        var batch = await server.BatchEndAsync(created);

        using var changed = await server.Client.PatchAsJsonAsync(batch.Link("self"), new { name = "呼叫", priority = -2 }, Ct);
        using var wrong = await server.Client.PatchAsJsonAsync(batch.Link("self"), new { priority = 99 }, Ct);

        var now = await changed.JsonAsync();
        (now.GetProperty("name").GetString(), now.Number("priority")).ShouldBe(("呼叫", -2));
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Events_OfARunningBatch_EndWithItsFinalState()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var created = await server.PostBatchAsync(Files(3));
        var batch = await created.JsonAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, batch.Link("events"));
        using var events = await server.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = await events.LinesAsync();
        List<string> received = [];
        while (await lines.ReadLineAsync(Ct) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                received.Add(line[6..]);
            model.Go();
        }

        events.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        received.Count.ShouldBeGreaterThan(1);
        var last = System.Text.Json.JsonElement.Parse(received[^1]);
        (last.GetProperty("state").GetString(), last.Number("succeeded")).ShouldBe(("done", 3));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Replaces the model of the server's only batch, and returns the model before.</summary>
    private static Task<string?> ReplaceModelAsync(RunningServer server, string? model) =>
        server.Services.GetRequiredService<HistoryDatabase>().WriteAsync(async context =>
        {
            var batch = await context.Batches.SingleAsync(Ct);
            var before = batch.Model;
            batch.Model = model;
            await context.SaveChangesAsync(Ct);
            return before;
        }, Ct);

    private static (string, string, byte[])[] Files(int count) =>
        [.. Enumerable.Range(0, count).Select(i => ("file", $"{i}.wav", Recordings.Noise(1 + (i * 0.01))))];
}
