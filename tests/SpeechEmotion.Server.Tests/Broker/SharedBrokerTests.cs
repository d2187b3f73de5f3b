using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using Shouldly;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Broker;

/// <summary>Servers and workers that share a database and a broker.</summary>
public sealed class SharedBrokerTests : IAsyncLifetime
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
    public async Task Batch_OfServerThatLeavesBatches_IsProcessedByWorkers()
    {
        var broker = SharedRabbit.CreateHost();
        _folder.LaySpeech(3);
        await using var server = await ServeAsync(broker, null, ("NoBatches", "true"));
        await using var worker = await WorkAsync(broker);

        var batch = await server.CreateBatchAsync();

        batch = await server.BatchEndAsync(batch);
        (batch.Number("succeeded"), batch.Number("failed")).ShouldBe((3, 0));
    }

    [Fact]
    public async Task Broker_KilledAndEmptied_WorkGoesOnAndTheQueuesAreFilledAgain()
    {
        await using var rabbit = RabbitServer.Start();
        _folder.LaySpeech(1);
        await using var server = await ServeAsync(rabbit.Address, null, ("NoBatches", "true"));
        await using var worker = await WorkAsync(rabbit.Address);
        await server.BatchEndAsync(await server.CreateBatchAsync());

        rabbit.Wipe();
        await Until.True(() => !BrokerOf(server).IsUsable && !BrokerOf(worker).IsUsable);
        await server.BatchEndAsync(await server.CreateBatchAsync());
        await worker.StopAsync();
        rabbit.Start();
        await server.CreateBatchAsync();

        await Until.AsyncTrue(async () => await CountAsync(server, WorkQueue.Chunks) == 1);
        await using var another = await WorkAsync(rabbit.Address);
        await Until.AsyncTrue(async () => await CountAsync(server, WorkQueue.Chunks) == 0);
    }

    [Fact]
    public async Task Tickets_OfABatch_AreAsManyAsItsChunksWhicheverServerRuns()
    {
        var broker = SharedRabbit.CreateHost();
        await using var second = await ServeAsync(broker, null, ("NoBatches", "true"));
        var store = second.Services.GetRequiredService<BatchStore>();
        int batch;
        await using (await ServeAsync(broker, null, ("NoBatches", "true")))
        {
            batch = (await store.CreateAsync("batch", new BatchOptions(), 0, Ct)).Id;
            await second.Services.GetRequiredService<BatchIntake>()
                .AddAsync(batch, [.. Enumerable.Range(0, 1500).Select(i => BatchDatabase.Item($"{i}.wav"))], Ct);
            await CountsAsync(15);
            await store.PauseAsync(batch, null, Ct);
            await CountsAsync(0);
        }

        await store.ResumeAsync(batch, Ct);

        await CountsAsync(15);
        await BrokerOf(second).Link!.PurgeAsync(WorkQueue.Chunks, Ct);
        await CountsAsync(15);

        Task CountsAsync(int expected) =>
            Until.AsyncTrue(async () => await CountAsync(second, WorkQueue.Chunks) == expected);
    }

    [Fact]
    public async Task Next_AfterALongChunk_TakesATicketAgain()
    {
        await using var server = await ServeAsync(SharedRabbit.CreateHost(), null, ("NoBatches", "true"));
        var batch = await server.Services.GetRequiredService<BatchStore>().CreateAsync("batch", new BatchOptions(), 0, Ct);
        await server.Services.GetRequiredService<BatchIntake>()
            .AddAsync(batch.Id, [.. Enumerable.Range(0, 300).Select(i => BatchDatabase.Item($"{i}.wav"))], Ct);
        await Until.AsyncTrue(async () => await CountAsync(server, WorkQueue.Chunks) == 3);
        await StopTicketsAsync(server);
        var time = new ManualTime();
        var source = ActivatorUtilities.CreateInstance<ChunkSource>(server.Services, time);

        (await source.NextAsync("a", Ct, Ct))!.Number.ShouldBe(0);
        time.Advance(TimeSpan.FromMinutes(5));
        (await source.NextAsync("a", Ct, Ct))!.Number.ShouldBe(1);

        (await CountAsync(server, WorkQueue.Chunks)).ShouldBe(1);
    }

    [Fact]
    public async Task Next_WithoutTickets_FindsAChunkAfterAWhile()
    {
        await using var server = await ServeAsync(SharedRabbit.CreateHost(), null, ("NoBatches", "true"));
        var time = new ManualTime();
        var source = ActivatorUtilities.CreateInstance<ChunkSource>(server.Services, time);
        await StopTicketsAsync(server);
        var batch = await server.Services.GetRequiredService<BatchStore>().CreateAsync("batch", new BatchOptions(), 0, Ct);
        await server.Services.GetRequiredService<BatchIntake>().AddAsync(batch.Id, [BatchDatabase.Item("0.wav")], Ct);

        (await source.NextAsync("a", Ct, Ct)).ShouldBeNull();
        time.Advance(TimeSpan.FromSeconds(30));

        (await source.NextAsync("a", Ct, Ct))!.Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Recognition_OnWhichProgramsCrashed_IsReportedAsDead()
    {
        var broker = SharedRabbit.CreateHost();
        var slow = new SlowModel();
        await using var server = await ServeAsync(broker, slow, ("Workers", "1"));
        await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => slow.Begun == 1);
        var waiting = await server.SubmitAsync(Recordings.Speech, "b.wav", ("model", "compact"));
        await ChangeAsync(server, waiting, document => document with { Attempts = 3 });

        await using var worker = await WorkAsync(broker);

        (await server.EndAsync(waiting)).GetProperty("error").GetProperty("code").GetString().ShouldBe("worker.crashed");
        (await DeadAsync(broker)).ShouldBe($$"""{"code":"worker.crashed","recognition":"{{waiting}}"}""");
        slow.Go();
    }

    [Fact]
    public async Task Item_OnWhichWorkersCrashed_IsReportedAsDead()
    {
        var broker = SharedRabbit.CreateHost();
        _folder.LaySpeech(2);
        await using var server = await ServeAsync(broker, null, ("NoBatches", "true"));
        var batch = await server.CreateBatchAsync();
        await server.BatchAsync(batch, found => found.GetProperty("sources")[0].GetProperty("is_read").GetBoolean());
        var leases = server.Services.GetRequiredService<ChunkLeases>();
        for (var crash = 1; crash <= 3; crash++)
        {
            LeasedChunk? chunk = null;
            await Until.AsyncTrue(async () => (chunk = await leases.TakeAsync($"crashing {crash}", Ct)) is not null);
            if (crash > 1)
                await leases.SuspectAsync($"crashing {crash}", chunk!, 0, Ct);
            await server.Services.GetRequiredService<HistoryDatabase>().WriteAsync(
                context => context.BatchChunks.ExecuteUpdateAsync(entry => entry.SetProperty(c => c.LeasedUntil, 0), Ct), Ct);
        }

        await using var worker = await WorkAsync(broker);

        batch = await server.BatchEndAsync(batch);
        (batch.Number("succeeded"), batch.Number("failed")).ShouldBe((1, 1));
        (await DeadAsync(broker)).ShouldBe($$"""{"code":"worker.crashed","batch":{{batch.Number("id")}},"item":0}""");
    }

    [Fact]
    public async Task Start_WhileTheBrokerIsDown_WorksWithoutIt()
    {
        _folder.LaySpeech(1);
        await using var server = await ServeAsync("amqp://127.0.0.1:1", null);

        await server.BatchEndAsync(await server.CreateBatchAsync());
    }

    [Fact]
    public async Task Start_WithWrongSettings_IsRefused()
    {
        var broker = SharedRabbit.CreateHost();
        await using var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync(Ct);
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Ct))
        {
            await channel.QueueDeclareAsync(
                WorkQueue.Chunks, durable: true, exclusive: false, autoDelete: false, cancellationToken: Ct);
        }

        await RefusedAsync(broker, "broker.other_queues");
        await RefusedAsync(broker.Replace("guest:guest", "guest:wrong", StringComparison.Ordinal), "broker.login_refused");
        await RefusedAsync(broker + "-missing", "broker.no_virtual_host");
        var readOnly = SharedRabbit.CreateHost();
        SharedRabbit.Server.Control("set_permissions", "-p", readOnly.Split('/')[^1], "guest", ".*", "^ser", ".*");
        await RefusedAsync(readOnly, "broker.no_rights");
        await RefusedAsync(broker.Replace("amqp:", "amqps:", StringComparison.Ordinal), "broker.tls");

        async Task RefusedAsync(string address, string code)
        {
            var refused = await Should.ThrowAsync<RequestException>(() => ServeAsync(address, null));
            refused.Code.ShouldBe(code);
            refused.Message.ShouldNotContain("guest:");
        }
    }

    private Task<RunningServer> ServeAsync(string broker, SlowModel? model, params (string Key, string Value)[] settings) =>
        RunningServer.StartAsync(
            [
                ("Database", _database), ("Files", _folder.Output), ("Broker", broker), ("BatchRoot", _folder.Recordings), .. settings,
            ],
            model is null ? null : () => model, output: _folder.File($"server-{Guid.NewGuid():N}"));

    private Task<RunningWorker> WorkAsync(string broker) =>
        RunningWorker.StartAsync(_database, _folder.Output, [("Broker", broker)]);

    /// <summary>Stops the writer of tickets.</summary>
    private static Task StopTicketsAsync(RunningServer server) =>
        server.Services.GetServices<IHostedService>().OfType<TicketWriter>().Single().StopAsync(Ct);

    private static MessageBroker BrokerOf(RunningServer server) => server.Services.GetRequiredService<MessageBroker>();

    private static MessageBroker BrokerOf(RunningWorker worker) => worker.Services.GetRequiredService<MessageBroker>();

    private static async Task<int> CountAsync(RunningServer server, string queue) =>
        BrokerOf(server).Link is { } link ? (int)await link.CountAsync(queue, Ct) : -1;

    private static async Task ChangeAsync(RunningServer server, string id, Func<RecognitionDocument, RecognitionDocument> change)
    {
        var history = server.Services.GetRequiredService<RecognitionHistory>();
        await history.SaveAsync(change((await history.FindAsync(id, Ct))!), null, Ct);
    }

    private static async Task<string> DeadAsync(string broker)
    {
        await using var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync(Ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        BasicGetResult? message = null;
        await Until.AsyncTrue(async () => (message = await channel.BasicGetAsync(WorkQueue.Dead, autoAck: true, Ct)) is not null);
        return Encoding.UTF8.GetString(message!.Body.Span);
    }
}
