using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Batches;

/// <summary>A server and workers that share a database.</summary>
public sealed class WorkerTests : IDisposable
{
    private readonly BatchFolder _folder = new();
    private readonly TemporaryFolder _scratch = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_OfServerThatLeavesBatches_IsProcessedByWorkers()
    {
        var database = await SharedPostgres.CreateAsync();
        _folder.LaySpeech(3);
        await using var server = await RunningServer.StartAsync(
            [("Database", database), ("BatchRoot", _folder.Recordings), ("NoBatches", "true")], output: _folder.Output);
        await using var worker = await RunningWorker.StartAsync(database, _folder.Output);

        var batch = await server.CreateBatchAsync();
        batch = await server.BatchEndAsync(batch);

        (batch.Number("succeeded"), batch.Number("failed")).ShouldBe((3, 0));
        await worker.StopAsync();
        (await WorkersAsync(server)).ShouldBe([null]);
    }

    [Fact]
    public async Task Recognition_ThatWaitsOnTheServer_IsProcessedByAWorker()
    {
        var database = await SharedPostgres.CreateAsync();
        var slow = new SlowModel();
        await using var server = await RunningServer.StartAsync(
            [("Database", database), ("Workers", "1")], () => slow, output: _folder.Output);
        var running = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => slow.Begun == 1);
        await using var worker = await RunningWorker.StartAsync(database, _folder.Output);

        using var posted = await server.PostAsync(Recordings.Speech, "b.wav", ("model", "compact"));

        (await posted.JsonAsync()).GetProperty("model").GetProperty("id").GetString().ShouldBe("compact");
        slow.Go();
        (await server.EndAsync(running)).GetProperty("state").GetString().ShouldBe("done");
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Batch_SentToAServerWithAnotherPathForTheFolder_IsFound()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var server = await RunningServer.StartAsync(
            [("Database", database), ("Files", _folder.Output), ("NoBatches", "true")], output: _folder.File("own"));
        var elsewhere = _scratch.File("mount");
        Directory.CreateSymbolicLink(elsewhere, _folder.Output);
        await using var worker = await RunningWorker.StartAsync(database, elsewhere);

        using var created = await server.PostBatchAsync([("file", "a.wav", Recordings.Speech)]);
        var batch = await server.BatchEndAsync(created);

        (batch.Number("succeeded"), batch.Number("failed")).ShouldBe((1, 0));
        var items = await server.JsonAsync(batch.Link("items"));
        using var sound = await server.GetAsync(items.GetProperty("items")[0].Link("audio"));
        (await sound.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(Recordings.Speech);
    }

    [Fact]
    public async Task Batch_OfAModelThatTheWorkerLacks_IsLeftToOthers()
    {
        var database = await SharedPostgres.CreateAsync();
        _folder.LaySpeech(2);
        await using var server = await RunningServer.StartAsync(
            [("Database", database), ("BatchRoot", _folder.Recordings), ("NoBatches", "true")], output: _folder.Output);
        await using var worker = await RunningWorker.StartAsync(database, _folder.Output);
        var store = server.Services.GetRequiredService<BatchStore>();
        var foreign = await server.CreateBatchAsync();
        await server.Services.GetRequiredService<HistoryDatabase>().WriteAsync(
            context => context.Batches.ExecuteUpdateAsync(batch => batch.SetProperty(b => b.Model, "compact fp32 other"), Ct), Ct);
        var own = await server.CreateBatchAsync();

        await server.BatchEndAsync(own);

        foreign = await server.JsonAsync(foreign.Link("self"));
        (foreign.GetProperty("state").GetString(), foreign.Number("failed")).ShouldBe(("running", 0));
        (await store.ReadProgressAsync(foreign.Number("id"), Ct)).Completed.ShouldBe(0);
    }

    [Fact]
    public async Task Start_WithTheFilesOfAnotherInstallation_IsRefused()
    {
        var database = await SharedPostgres.CreateAsync();
        await using (await RunningServer.StartAsync([("Database", database)], output: _folder.Output))
        {
        }

        (await Should.ThrowAsync<RequestException>(() => RunningWorker.StartAsync(database, _folder.Recordings)))
            .Code.ShouldBe("history.other_files");
        await using var moved = await RunningServer.StartAsync(
            [("Database", database), ("Files", _folder.Output)], output: _folder.File("own"));
        await using var _ = await RunningWorker.StartAsync(database, _folder.Output);
    }

    [Fact]
    public async Task Batch_FinishedByAWorkerThatCrashedBeforeTheMark_IsDone()
    {
        var database = await SharedPostgres.CreateAsync();
        _folder.LaySpeech(1);
        await using var server = await RunningServer.StartAsync(
            [("Database", database), ("BatchRoot", _folder.Recordings), ("NoBatches", "true")], output: _folder.Output);
        var batch = await server.CreateBatchAsync();
        await server.BatchAsync(batch, found => found.GetProperty("sources")[0].GetProperty("is_read").GetBoolean());
        var leases = server.Services.GetRequiredService<ChunkLeases>();
        await Until.AsyncTrue(async () => await TakeAsync(leases, batch.Number("id")));

        await using var worker = await RunningWorker.StartAsync(database, _folder.Output);

        await server.BatchEndAsync(batch);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _folder.Dispose();
    }

    /// <summary>Takes the only chunk, stores its only outcome and returns it, and does no more.</summary>
    private static async Task<bool> TakeAsync(ChunkLeases leases, int batch)
    {
        if (await leases.TakeAsync("crashing", Ct) is not { } chunk)
            return false;
        await leases.StoreAsync("crashing", chunk, [BatchDatabase.Result(batch, 0)], Ct);
        await leases.ReturnAsync("crashing", chunk, Ct);
        return true;
    }

    private static Task<List<string?>> WorkersAsync(RunningServer server) => server.Services.GetRequiredService<HistoryDatabase>()
        .ReadAsync(context => context.BatchChunks.Select(chunk => chunk.Worker).Distinct().ToListAsync(Ct));
}
