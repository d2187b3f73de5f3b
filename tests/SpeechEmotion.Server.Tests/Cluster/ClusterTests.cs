using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Programs;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Cluster;

/// <summary>Servers and workers as the operator sees them.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private readonly BatchFolder _folder = new();
    private string _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await SharedPostgres.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Get_ServerAndWorker_DescribesBoth()
    {
        await using var server = await ServeAsync(("NoBatches", "true"));
        await using var worker = await RunningWorker.StartAsync(_database, _folder.Output);

        // A program reports its model with the first renewal after it was loaded.
        var cluster = await ClusterAsync(server, found => Programs(found) is [_, _] both
            && both.All(program => program.GetProperty("model").ValueKind != JsonValueKind.Null));

        cluster.GetProperty("shared").GetBoolean().ShouldBeTrue();
        Programs(cluster).Select(program => (program.Text("kind"), program.Text("state"), program.GetProperty("is_this").GetBoolean(),
            program.GetProperty("batches").GetBoolean(), program.Text("version"), program.Text("model"))).ShouldBe(
        [
            ("server", "working", true, false, ProductVersion.Text, "compact"),
            ("worker", "working", false, true, ProductVersion.Text, "compact"),
        ]);
        cluster.GetProperty("parts").EnumerateArray().Select(part => (part.Text("part"), part.Text("engine"))).ShouldBe(
            [("database", "postgresql"), ("files", "folder")]);
        cluster.GetProperty("standstill").ValueKind.ShouldBe(JsonValueKind.Null);
        await worker.StopAsync();
        await ClusterAsync(server, found => Programs(found).Length == 1);
    }

    [Fact]
    public async Task Get_WorkerThatIsSilent_SaysSo()
    {
        await using var server = await ServeAsync();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await AddProgramAsync(server, "crashed", now - 60_000, status: "{}");
        // Too long ago.
        await AddProgramAsync(server, "forgotten", now - 7_200_000, status: "{}");
        await AddProgramAsync(server, "newer", long.MaxValue, status: "{ not JSON");

        var programs = Programs(await ClusterAsync(server, found => Programs(found).Length == 3));

        var (crashed, newer) = (Named(programs, "crashed"), Named(programs, "newer"));
        (crashed.Text("state"), crashed.GetProperty("model").ValueKind).ShouldBe(("silent", JsonValueKind.Null));
        crashed.GetProperty("drain").ValueKind.ShouldBe(JsonValueKind.Null);
        // It reports nothing that this version understands, so nothing is known of a drain.
        (newer.Text("state"), newer.GetProperty("drain").ValueKind).ShouldBe(("working", JsonValueKind.Null));
        using var refused = await server.PostAsync("/api/v1/cluster/programs/crashed/drain");
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Drain_WorkerOnABatch_ReturnsTheRestToOthers()
    {
        _folder.LaySpeech(150);
        await using var server = await RunningServer.StartAsync(
            [("Database", _database), ("BatchRoot", _folder.Recordings), ("NoBatches", "true")], SlowModel.Quick, _folder.Output);
        var model = new SlowModel();
        await using var worker = await RunningWorker.StartAsync(
            _database, _folder.Output, configure: services => services.AddSingleton<Server.Engine.RecognizerLoader>(
                (_, _, _) => new EmotionRecognizer(model)));
        var batch = await server.CreateBatchAsync();
        await Until.True(() => model.Begun > 0);
        var link = Worker(await ClusterAsync(server, found => Programs(found).Length == 2)).Text("drain");

        using var drained = await server.PostAsync(link);
        Worker(await drained.JsonAsync()).Text("state").ShouldBe("draining");
        await Until.True(() => worker.Services.GetRequiredService<Drain>().IsOn);
        var begun = model.Begun;
        model.Go();
        var cluster = await ClusterAsync(server, found => Worker(found).Text("state") == "drained");

        model.Begun.ShouldBe(begun);
        // The chunks of the batch wait, with what the worker finished.
        (cluster.GetProperty("chunks").Number("waiting"), cluster.GetProperty("chunks").Number("running")).ShouldBe((2, 0));
        cluster = await ClusterAsync(server, found => found.GetProperty("standstill").ValueKind != JsonValueKind.Null);
        cluster.GetProperty("standstill").Text("code").ShouldBe("cluster.all_drained");
        await Until.AsyncTrue(
            async () => (await server.JsonAsync("/health")).GetProperty("standstill").GetString() == "cluster.all_drained");
        (await server.JsonAsync("/health")).Text("state").ShouldBe("degraded");

        using var resumed = await server.PostAsync(Worker(cluster).Text("resume"));
        Worker(await resumed.JsonAsync()).Text("state").ShouldBe("working");
        batch = await server.BatchEndAsync(batch);
        (batch.Number("succeeded"), batch.Number("failed")).ShouldBe((150, 0));
    }

    [Fact]
    public async Task Drain_UnknownProgramOrServerThatIsAlone_IsRefused()
    {
        await using var server = await ServeAsync();
        using var unknown = await server.PostAsync("/api/v1/cluster/programs/nothing/drain");
        (unknown.StatusCode, await unknown.CodeAsync()).ShouldBe((HttpStatusCode.NotFound, "cluster.no_such_program"));

        await using var alone = await RunningServer.StartAsync([]);
        var cluster = await alone.JsonAsync("/api/v1/cluster");
        var own = Programs(cluster).Single();
        (own.Text("kind"), own.GetProperty("drain").ValueKind).ShouldBe(("server", JsonValueKind.Null));
        using var refused = await alone.PostAsync($"/api/v1/cluster/programs/{own.Text("name")}/drain");
        (refused.StatusCode, await refused.CodeAsync()).ShouldBe((HttpStatusCode.Conflict, "cluster.alone"));
    }

    [Fact]
    public async Task Dead_RecordingsOnWhichProgramsCrashed_AreListedAndRetried()
    {
        _folder.LaySpeech(2);
        await using var server = await ServeAsync();
        var batch = await server.CreateBatchAsync();
        batch = await server.BatchEndAsync(batch);
        var single = await server.SubmitAsync(Recordings.Speech, "single.wav");
        await server.EndAsync(single);
        (await server.JsonAsync("/api/v1/cluster/dead")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await CrashAsync(server, single);

        var dead = (await server.JsonAsync("/api/v1/cluster/dead")).GetProperty("items").EnumerateArray().ToArray();

        dead.Length.ShouldBe(2);
        (dead[0].Number("batch"), dead[0].Number("item"), dead[1].Text("file_name")).ShouldBe((batch.Number("id"), 1, "single.wav"));
        (await server.JsonAsync(dead[0].Text("self"))).Text("name").ShouldBe(dead[0].Text("file_name"));
        (await server.JsonAsync(dead[1].Text("self"))).Text("id").ShouldBe(single);
        dead[1].GetProperty("retry").ValueKind.ShouldBe(JsonValueKind.Null);

        using var retried = await server.PostAsync(dead[0].Text("retry"));
        retried.EnsureSuccessStatusCode();
        batch = await server.BatchAsync(batch, found => found.Number("succeeded") == 2);
        (await server.JsonAsync("/api/v1/cluster/dead")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Paused_BatchThatAFailurePaused_IsNamedWithTheReason()
    {
        _folder.LaySpeech(1);
        await using var server = await ServeAsync(("NoBatches", "true"));
        var batch = await server.CreateBatchAsync();
        await server.Services.GetRequiredService<BatchStore>().PauseAsync(batch.Number("id"), RequestErrors.NoModel("large"), Ct);
        var cluster = await ClusterAsync(server, found => found.GetProperty("paused").GetArrayLength() == 1);

        var paused = cluster.GetProperty("paused")[0];

        (paused.Number("batch"), paused.Text("code")).ShouldBe((batch.Number("id"), "model.not_found"));
    }

    private Task<RunningServer> ServeAsync(params (string Key, string Value)[] settings) => RunningServer.StartAsync(
        [("Database", _database), ("BatchRoot", _folder.Recordings), .. settings], output: _folder.Output);

    private static async Task<JsonElement> ClusterAsync(RunningServer server, Func<JsonElement, bool> isReached)
    {
        JsonElement cluster = default;
        await Until.AsyncTrue(async () => isReached(cluster = await server.JsonAsync("/api/v1/cluster")));
        return cluster;
    }

    private static JsonElement[] Programs(JsonElement cluster) => [.. cluster.GetProperty("programs").EnumerateArray()];

    private static JsonElement Worker(JsonElement cluster) => Programs(cluster).Single(program => program.Text("kind") == "worker");

    private static JsonElement Named(JsonElement[] programs, string name) => programs.Single(program => program.Text("name") == name);

    private static Task<int> AddProgramAsync(RunningServer server, string name, long leasedUntil, string? status) =>
        server.Services.GetRequiredService<HistoryDatabase>().WriteAsync(
            context =>
            {
                context.Add(new ProgramEntry
                {
                    Name = name,
                    Kind = ProgramKind.Worker,
                    Host = name,
                    Version = "0.0.1",
                    Started = 0,
                    LeasedUntil = leasedUntil,
                    Status = status,
                });
                return context.SaveChangesAsync(Ct);
            },
            Ct);

    /// <summary>Changes results into the errors that three crashes leave.</summary>
    private static Task<int> CrashAsync(RunningServer server, string recognition) =>
        server.Services.GetRequiredService<HistoryDatabase>().WriteAsync(
            async context =>
            {
                await context.BatchOutcomes.Where(outcome => outcome.Number == 1).ExecuteUpdateAsync(
                    outcome => outcome.SetProperty(o => o.Succeeded, false).SetProperty(o => o.Code, RequestErrors.CrashedCode), Ct);
                await context.BatchChunks.ExecuteUpdateAsync(
                    chunk => chunk.SetProperty(c => c.Succeeded, 1).SetProperty(c => c.Failed, 1).SetProperty(c => c.GaveUp, true), Ct);
                var entry = await context.Recognitions.SingleAsync(entry => entry.Id == recognition, Ct);
                entry.Fill(entry.ToDocument().With(RequestErrors.Crashed()));
                return await context.SaveChangesAsync(Ct);
            },
            Ct);
}
