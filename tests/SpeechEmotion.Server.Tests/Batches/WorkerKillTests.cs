using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Batches;

/// <summary>
/// A server and two workers on PostgreSQL, with and without a broker. A worker, the broker and the database are killed. bench/ has the
/// long form.
/// </summary>
public sealed class WorkerKillTests : IDisposable
{
    private const int Clips = 150;

    private readonly BatchFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Kill_WorkerBrokerAndDatabase_EveryItemHasOneOutcome(bool hasBroker)
    {
        await using var postgres = PostgresServer.Start();
        await using var rabbit = hasBroker ? RabbitServer.Start() : null;
        string[] broker = rabbit is null ? [] : ["--broker", rabbit.Address];
        _folder.LaySpeech(Clips);
        var database = await postgres.CreateAsync();
        using var server = await ServerProcess.ListeningAsync(
            _folder.Output, ["--batch-root", _folder.Recordings, "--database", database, "--no-batches", .. broker]);
        using var client = new HttpClient { BaseAddress = new(server.Url!) };
        // Each kill happens in the middle of a chunk: its worker waits until the database accepts the outcomes.
        await using var first = await OutcomeLock.TakeAsync(postgres, database, 20);
        await using var second = await OutcomeLock.TakeAsync(postgres, database, 60);
        await using var third = await OutcomeLock.TakeAsync(postgres, database, 120);
        using var killed = ServerProcess.Work(database, _folder.Output, broker);
        using (var created = await client.PostAsJsonAsync("/api/v1/batches", new { folder = "" }, Ct))
            created.EnsureSuccessStatusCode();

        await ReachAsync(client, 1);
        await killed.EndAsync(ServerProcess.Kill);
        Succeeded(await BatchAsync(client)).ShouldBeLessThanOrEqualTo(20);
        await first.DisposeAsync();
        // The others would wait a minute for it.
        await postgres.ExecuteAsync(database, "UPDATE batch_chunks SET \"LeasedUntil\" = 0");
        using var other = ServerProcess.Work(database, _folder.Output, broker);
        await ReachAsync(client, 21);
        rabbit?.Wipe();
        rabbit?.Start();
        await second.DisposeAsync();
        await ReachAsync(client, 61);
        postgres.Kill();
        postgres.Start();
        await third.DisposeAsync();
        await Until.AsyncTrue(async () => (await BatchAsync(client)).GetProperty("state").GetString() == "done");

        var batch = await BatchAsync(client);
        (batch.GetProperty("items").GetInt32(), Succeeded(batch), batch.GetProperty("failed").GetInt32())
            .ShouldBe((Clips, Clips, 0));
        var rows = await client.GetStringAsync("/api/v1/batches/1/export?format=csv", Ct);
        rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(Clips + 1);
        (await other.EndAsync(ServerProcess.Terminate)).ShouldBe(0, other.Text);
        (await server.EndAsync(ServerProcess.Terminate)).ShouldBe(0, server.Text);
    }

    public void Dispose() => _folder.Dispose();

    private static Task ReachAsync(HttpClient client, int succeeded) =>
        Until.AsyncTrue(async () => Succeeded(await BatchAsync(client)) >= succeeded);

    private static int Succeeded(JsonElement batch) => batch.GetProperty("succeeded").GetInt32();

    /// <summary>The batch, as soon as the server can read it.</summary>
    private static async Task<JsonElement> BatchAsync(HttpClient client)
    {
        while (true)
        {
            using var answer = await client.GetAsync("/api/v1/batches/1", Ct);
            if (answer.IsSuccessStatusCode)
                return await answer.JsonAsync();
            (await answer.JsonAsync()).GetProperty("code").GetString().ShouldBe("history.unreachable");
        }
    }
}
