using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Jobs;

/// <summary>Two servers that share a database and a folder, as behind a load balancer.</summary>
public sealed class SharedRecognitionsTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SlowModel _slow = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recognition_OfOneServer_IsReadThroughTheOther()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first");
        await using var second = await ServeAsync(database, "second");

        using var posted = await first.PostAsync(Recordings.Speech, "a.wav");
        var created = await posted.JsonAsync();
        var read = await second.RecognitionAsync(created.GetProperty("id").GetString()!);

        read.GetProperty("emotion").GetRawText().ShouldBe(created.GetProperty("emotion").GetRawText());
        using var file = await second.GetAsync(read.GetProperty("links").GetProperty("result").GetString()!);
        JsonElement.Parse(await file.Content.ReadAsStringAsync(Ct)).GetProperty("emotion").GetString().ShouldBe("neutral");
        using var deleted = await second.DeleteAsync($"/api/v1/recognitions/{created.GetProperty("id").GetString()}");
        ((int)deleted.StatusCode).ShouldBe(204);
        Directory.GetDirectories(_folder.File("files"), "outputs_*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_OfTheOtherServersRecognition_ReachItsEnd()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first", () => _slow);
        await using var second = await ServeAsync(database, "second", SlowModel.Quick);
        var id = await first.SubmitAsync(Recordings.Speech);
        await Until.True(() => _slow.Begun == 1);

        var events = second.Client.GetStringAsync($"/api/v1/recognitions/{id}/events", Ct);
        await second.StateAsync(id, "running");
        _slow.Go();

        (await events).ShouldContain("\"state\":\"done\"");
    }

    [Fact]
    public async Task Waiting_WhileAnotherServerIsFree_IsProcessedThere()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first", () => _slow, ("Workers", "1"));
        await using var second = await ServeAsync(database, "second", SlowModel.Quick);
        var id = await first.SubmitAsync(Recordings.Speech);
        await Until.True(() => _slow.Begun == 1);

        using var posted = await first.PostAsync(Recordings.Speech, "b.wav");

        ((int)posted.StatusCode).ShouldBe(201);
        (await first.RecognitionAsync(id)).GetProperty("state").GetString().ShouldBe("running");
        _slow.Go();
        (await first.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
        Directory.GetFiles(Path.Combine(_folder.File("files"), ".ser", "uploads")).ShouldBeEmpty();
        // Each counts its own result; the recording that was handed over is counted by neither.
        var results = Directory.GetDirectories(_folder.File("files"), "outputs_*").Sum(OutputSize.Of);
        new[] { first, second }.Sum(server => server.Services.GetRequiredService<DiskBudget>().Used).ShouldBe(results);
    }

    [Fact]
    public async Task Waiting_OlderThanThatOfTheOtherServer_IsTakenFirst()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first", () => _slow, ("Workers", "1"));
        var running = await first.SubmitAsync(Recordings.Speech);
        await Until.True(() => _slow.Begun == 1);
        var other = new SlowModel();
        await using var second = await ServeAsync(database, "second", () => other, ("Workers", "1"));
        await second.SubmitAsync(Recordings.Speech);
        await Until.True(() => other.Begun == 1);
        var older = await first.SubmitAsync(Recordings.Speech);
        var newer = await second.SubmitAsync(Recordings.Speech);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);

        other.Step();
        await Until.True(() => other.Begun == 2);

        await first.StateAsync(older, "running");
        (await second.RecognitionAsync(newer)).GetProperty("state").GetString().ShouldBe("queued");
        _slow.Go();
        other.Go();
        foreach (var id in new[] { running, older, newer })
            await first.EndAsync(id);
    }

    [Fact]
    public async Task Stop_WhileTheOtherHasItsRecognition_DoesNotWaitForIt()
    {
        var database = await SharedPostgres.CreateAsync();
        var other = new SlowModel();
        await using var second = await ServeAsync(database, "second", () => other);
        string waiting;
        await using (var first = await ServeAsync(database, "first", () => _slow, ("Workers", "1")))
        {
            var running = await first.SubmitAsync(Recordings.Speech);
            await Until.True(() => _slow.Begun == 1);
            waiting = await first.SubmitAsync(Recordings.Speech);
            await Until.True(() => other.Begun == 1);
            _slow.Go();
            await first.EndAsync(running);
        }

        (await second.RecognitionAsync(waiting)).GetProperty("state").GetString().ShouldBe("running");
        other.Go();
        (await second.EndAsync(waiting)).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Stop_OfAllAtOnce_KeepsWhatWaits()
    {
        var database = await SharedPostgres.CreateAsync();
        string[] ids;
        var servers = new[]
        {
            await ServeAsync(database, "first", () => _slow, ("Workers", "1")),
            await ServeAsync(database, "second", () => _slow, ("Workers", "1")),
        };
        ids = [.. await Task.WhenAll(servers.Concat(servers).Select(server => server.SubmitAsync(Recordings.Speech)))];
        await Until.True(() => _slow.Begun == 2);
        await Task.WhenAll(servers.Select(server => server.StopNowAsync()));
        foreach (var server in servers)
            await server.DisposeAsync();

        await using var again = await ServeAsync(database, "first", SlowModel.Quick);

        foreach (var id in ids)
            (await again.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Cancel_ThroughTheOtherServer_StopsIt()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first", () => _slow);
        await using var second = await ServeAsync(database, "second", SlowModel.Quick);
        var id = await first.SubmitAsync(Recordings.Speech);
        await Until.True(() => _slow.Begun == 1);

        using var cancelled = await second.PostAsync($"/api/v1/recognitions/{id}/cancel");

        (await cancelled.JsonAsync()).GetProperty("state").GetString().ShouldBe("cancelled");
        (await first.RecognitionAsync(id)).GetProperty("state").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task Delete_OfAWaitingOneThroughTheOtherServer_RemovesItsRecording()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first", () => _slow, ("Workers", "1"));
        await using var second = await ServeAsync(database, "second", () => _slow, ("Workers", "1"));
        var running = new[] { await first.SubmitAsync(Recordings.Speech), await second.SubmitAsync(Recordings.Speech) };
        await Until.True(() => _slow.Begun == 2);
        var waiting = await first.SubmitAsync(Recordings.Speech);

        using var deleted = await second.DeleteAsync($"/api/v1/recognitions/{waiting}");

        ((int)deleted.StatusCode).ShouldBe(204);
        using var gone = await first.GetAsync($"/api/v1/recognitions/{waiting}");
        ((int)gone.StatusCode).ShouldBe(404);
        _slow.Go();
        foreach (var id in running)
            await first.EndAsync(id);
        await Until.True(() => Directory.GetFiles(Path.Combine(_folder.File("files"), ".ser", "uploads")).Length == 0);
    }

    [Fact]
    public async Task Waiting_WhileTheOtherServersModelFailed_IsNotTaken()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first", () => _slow, ("Workers", "1"));
        await using var second = await ServeAsync(database, "second", () => throw new InvalidOperationException("broken"));
        var running = await first.SubmitAsync(Recordings.Speech);
        await Until.True(() => _slow.Begun == 1);
        var waiting = await first.SubmitAsync(Recordings.Speech);

        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        _slow.Go();

        (await first.EndAsync(running)).GetProperty("state").GetString().ShouldBe("done");
        (await first.EndAsync(waiting)).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Program_ThatIsSilent_LosesItsRecognitions()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first", () => _slow);
        await using var second = await ServeAsync(database, "second", SlowModel.Quick);
        var id = await first.SubmitAsync(Recordings.Speech);
        await Until.True(() => _slow.Begun == 1);
        var program = first.Services.GetRequiredService<ServerFolder>().Program;

        await second.Services.GetRequiredService<HistoryDatabase>().WriteAsync(
            context => context.Programs.Where(entry => entry.Name == program)
                .ExecuteUpdateAsync(entry => entry.SetProperty(e => e.LeasedUntil, 0), Ct), Ct);

        (await second.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
        _slow.Go();
        await first.EndAsync(id);
        // The result that was late is deleted.
        await Until.True(() => Directory.GetDirectories(_folder.File("files")).Length == 2);
    }

    [Fact]
    public async Task Follow_TwoJobsOfOneRecognition_EndsBoth()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first", () => _slow);
        await using var second = await ServeAsync(database, "second", SlowModel.Quick);
        var id = await first.SubmitAsync(Recordings.Speech);
        await Until.True(() => _slow.Begun == 1);
        var queue = second.Services.GetRequiredService<RecognitionQueue>();
        var watched = (await queue.FindAsync(id, Ct))!;

        // As if the second server had taken the recognition and given it away again.
        var taken = RecognitionJob.Of(watched.Current.Document, TimeProvider.System);
        second.Services.GetRequiredService<FollowedRecognitions>().Follow(taken);
        _slow.Go();

        await Task.WhenAll(watched.Completion, taken.Completion);
        watched.Current.State.ShouldBe(RecognitionState.Done);
        taken.Current.State.ShouldBe(RecognitionState.Done);
    }

    [Fact]
    public async Task DeleteSeveral_OfTheOtherServer_CancelsThemFirst()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first", () => _slow, ("Workers", "1"));
        await using var second = await ServeAsync(database, "second", () => _slow, ("Workers", "1"));
        string[] ids = [await first.SubmitAsync(Recordings.Speech), await second.SubmitAsync(Recordings.Speech)];
        await Until.True(() => _slow.Begun == 2);
        ids = [.. ids, await first.SubmitAsync(Recordings.Speech), await first.SubmitAsync(Recordings.Speech)];

        using var deleted = await second.Client.PostAsJsonAsync("/api/v1/recognitions/delete", new { ids }, Ct);

        (await deleted.JsonAsync()).GetProperty("deleted").GetInt32().ShouldBe(4);
        _slow.Begun.ShouldBe(2);
        await Until.True(() => Directory.GetFiles(Path.Combine(_folder.File("files"), ".ser", "uploads")).Length == 0);
    }

    [Fact]
    public async Task Stop_WhileRecognitionsWait_LeavesThemToTheOther()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var second = await ServeAsync(database, "second", SlowModel.Quick);
        string running;
        await using (var first = await ServeAsync(database, "first", () => _slow, ("Workers", "1")))
        {
            running = await first.SubmitAsync(Recordings.Speech);
            await Until.True(() => _slow.Begun == 1);
        }

        (await second.EndAsync(running)).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Key_SentToBothServersAtOnce_GivesOneRecognition()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first");
        await using var second = await ServeAsync(database, "second");

        var posted = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? first : second).PostAsync(Recordings.Speech, "a.wav", ("Idempotency-Key", "one"))));

        posted.Select(response => (int)response.StatusCode).ShouldAllBe(status => status == 201);
        var ids = await Task.WhenAll(posted.Select(async response => (await response.JsonAsync()).GetProperty("id").GetString()));
        ids.Distinct().Count().ShouldBe(1);
        Directory.GetDirectories(_folder.File("files"), "outputs_*").Length.ShouldBe(1);
        foreach (var response in posted)
            response.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        _slow.Go();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<RunningServer> ServeAsync(
        string database, string name, Func<IEmotionModel>? model = null, params (string Key, string Value)[] settings) =>
        RunningServer.StartAsync(
            [("Database", database), ("Files", _folder.File("files")), .. settings], model, output: _folder.File(name));
}
