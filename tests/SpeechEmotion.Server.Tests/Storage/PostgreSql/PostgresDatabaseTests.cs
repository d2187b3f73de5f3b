using Microsoft.EntityFrameworkCore;
using Shouldly;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.PostgreSql;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage.PostgreSql;

/// <summary>Several programs on one database.</summary>
public sealed class PostgresDatabaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_SeveralProgramsAtOnce_MigrateOnce()
    {
        var address = await SharedPostgres.Server.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var database = Database(address);
            await database.OpenAsync(Ct);
        }));

        using var opened = Database(address);
        (await opened.ReadAsync(context => context.Database.GetPendingMigrationsAsync(Ct))).ShouldBeEmpty();
        await using var model = opened.CreateContext();
        model.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Theory]
    [InlineData("CREATE TABLE invoices (id int)")]
    [InlineData(
        "CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" text PRIMARY KEY, \"ProductVersion\" text NOT NULL); "
            + "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0')")]
    public async Task Open_TablesOfAnotherProgramOrVersion_AreRefused(string sql)
    {
        var address = await SharedPostgres.Server.CreateAsync();
        await SharedPostgres.Server.ExecuteAsync(address, sql);

        (await FailureAsync(address)).ShouldBe("history.foreign");
    }

    [Fact]
    public async Task Open_Unusable_ReportsTheReason()
    {
        var server = SharedPostgres.Server;
        var address = await server.CreateAsync();
        var name = address.Split('/')[^1];
        await server.ExecuteAsync(name, "CREATE ROLE shut; CREATE ROLE guest LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC");

        (await FailureAsync(server.AddressOf("nowhere"))).ShouldBe("history.no_database");
        (await FailureAsync(server.AddressOf(name, "shut"))).ShouldBe("history.login_refused");
        (await FailureAsync(server.AddressOf(name, "guest"))).ShouldBe("history.no_rights");
        (await FailureAsync(address + "?sslmode=require")).ShouldBe("history.tls");
        (await FailureAsync("postgresql://ser@127.0.0.1:9/ser")).ShouldBe("history.unreachable");
        (await FailureAsync("postgresql://ser@no-such-host.invalid/ser")).ShouldBe("history.unreachable");
        (await FailureAsync(address + "?options=-c%20default_transaction_read_only%3Don")).ShouldBe("history.read_only");
    }

    [Fact]
    public async Task Write_ReadAndChangedBySeveralPrograms_LosesNoChange()
    {
        await using var first = await BatchDatabase.CreateAsync(engine: DatabaseEngine.PostgreSql);
        await using var second = await BatchDatabase.OpenAsync(await AddressAsync(first));
        var batch = await first.BatchAsync(0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? first : second).Intake.AddAsync(
            batch, [.. Enumerable.Range(0, 30).Select(item => BatchDatabase.Item($"{i}-{item}.wav"))], Ct))));

        (await first.Batches.FindAsync(batch, Ct))!.Items.ShouldBe(600);
        var numbers = await second.Database.ReadAsync(context => context.BatchItems.Select(item => item.Number).ToListAsync(Ct));
        numbers.Order().ShouldBe(Enumerable.Range(0, 600));
    }

    [Fact]
    public async Task Take_SeveralWorkersAtOnce_ReceiveEachChunkOnce()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: DatabaseEngine.PostgreSql);
        await database.BatchAsync(30 * BatchIntake.ChunkItems);

        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => database.Leases.TakeAsync($"{i}", Ct))));

        taken.OfType<LeasedChunk>().Select(chunk => chunk.Number).Order().ShouldBe(Enumerable.Range(0, 30));
    }

    [Fact]
    public async Task Take_LockedChunk_TakesTheNextWithoutWaiting()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: DatabaseEngine.PostgreSql);
        await database.BatchAsync(2 * BatchIntake.ChunkItems);
        await using var other = database.Database.CreateContext();
        await using var locked = await other.Database.BeginTransactionAsync(Ct);
        await other.BatchChunks.Where(chunk => chunk.Number == 0).ExecuteUpdateAsync(chunk => chunk.SetProperty(c => c.Attempts, 7), Ct);

        (await database.Leases.TakeAsync("a", Ct))!.Number.ShouldBe(1);
    }

    [Fact]
    public async Task Retry_WhileWorkersStoreErrors_KeepsTheCountsOfTheChunks()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: DatabaseEngine.PostgreSql);
        var batch = await database.BatchAsync(10 * BatchIntake.ChunkItems);
        List<LeasedChunk> taken = [];
        while (await database.Leases.TakeAsync($"{taken.Count}", Ct) is { } next)
            taken.Add(next);
        var workers = taken.Select((chunk, worker) => Task.Run(async () =>
        {
            foreach (var items in chunk.Items.Chunk(10))
            {
                var errors = items.Select(item => BatchDatabase.Error(batch, item.Number)).ToArray();
                (await database.Leases.StoreAsync($"{worker}", chunk, errors, Ct)).ShouldBeTrue();
            }
            await database.Leases.ReturnAsync($"{worker}", chunk, Ct);
        }));
        using var end = new CancellationTokenSource();
        var retrying = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
                await database.Batches.RetryFailedAsync(batch, Ct);
        });

        await Task.WhenAll(workers);
        await end.CancelAsync();
        await retrying;

        var left = await database.Database.ReadAsync(context => context.BatchOutcomes.CountAsync(Ct));
        (await database.Batches.ReadProgressAsync(batch, Ct)).Failed.ShouldBe(left);
    }

    [Fact]
    public async Task Write_ServerKilled_KeepsWhatWasWrittenAndGoesOn()
    {
        await using var server = PostgresServer.Start();
        await using var database = await BatchDatabase.OpenAsync(await server.CreateAsync());
        var batch = await database.BatchAsync(1);
        List<string> written = [];
        using var end = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !end.IsCancellationRequested; i++)
            {
                try
                {
                    await database.Intake.AddAsync(batch, [BatchDatabase.Item($"more-{i}.wav")], Ct);
                    written.Add($"more-{i}.wav");
                }
                catch (RequestException e) when (e.Code is "history.unreachable" or "history.uncertain")
                {
                    // The caller tries again.
                }
            }
        });
        await Until.True(() => written.Count > 20);

        server.Kill();
        server.Start();
        var before = written.Count;
        await Until.True(() => written.Count > before + 20);
        await end.CancelAsync();
        await writing;

        var names = await database.Database.ReadAsync(context => context.BatchItems.Select(item => item.Name).ToListAsync(Ct));
        written.Except(names).ShouldBeEmpty();
        names.ShouldBeUnique();
    }

    private static PostgresDatabase Database(string address)
    {
        PostgresAddress.TryParse(address, out var parsed).ShouldBeTrue();
        return new(parsed!, TimeProvider.System);
    }

    private static async Task<string> FailureAsync(string address)
    {
        using var database = Database(address);
        var failure = await Should.ThrowAsync<RequestException>(() => database.OpenAsync(Ct));
        failure.Status.ShouldBe(503);
        failure.MessageZh.ShouldNotBeEmpty();
        return failure.Code;
    }

    private static Task<string> AddressAsync(BatchDatabase database) => database.Database.ReadAsync(
        context => Task.FromResult(SharedPostgres.Server.AddressOf(context.Database.GetDbConnection().Database)));
}
