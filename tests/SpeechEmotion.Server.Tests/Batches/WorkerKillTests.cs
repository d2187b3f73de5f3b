using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Batches;

/// <summary>
/// A server and two workers on PostgreSQL. A worker is killed, and the database or the broker. bench/ has the long form.
/// </summary>
public sealed class WorkerKillTests : IDisposable
{
    private const int Clips = 150;

    private readonly BatchFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_WorkerAndDatabase_EveryItemHasOneOutcome()
    {
        await using var postgres = PostgresServer.Start();

        await KillAsync(
            postgres,
            () =>
            {
                postgres.Kill();
                postgres.Start();
            });
    }

    [Fact]
    public async Task Kill_WorkerAndBroker_EveryItemHasOneOutcome()
    {
        await using var postgres = PostgresServer.Start();
        await using var rabbit = RabbitServer.Start();

        await KillAsync(
            postgres,
            () =>
            {
                rabbit.Wipe();
                rabbit.Start();
            },
            "--broker", rabbit.Address);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Kills a worker and something else while a batch is processed.</summary>
    private async Task KillAsync(PostgresServer postgres, Action killOther, params string[] settings)
    {
        _folder.LaySpeech(Clips);
        var database = await postgres.CreateAsync();
        using var server = await ServerProcess.ListeningAsync(
            _folder.Output, ["--batch-root", _folder.Recordings, "--database", database, "--no-batches", .. settings]);
        using var client = new HttpClient { BaseAddress = new(server.Url!) };
        using var killed = ServerProcess.Work(database, _folder.Output, settings);
        using var other = ServerProcess.Work(database, _folder.Output, settings);
        await Until.True(() => killed.Text.Contains("Model ready", StringComparison.Ordinal));
        using (var created = await client.PostAsJsonAsync("/api/v1/batches", new { folder = "" }, Ct))
            created.EnsureSuccessStatusCode();

        var own = $"\"Worker\" LIKE '%-{killed.Id.ToString(CultureInfo.InvariantCulture)}-%'";
        await Until.AsyncTrue(() => postgres.HasAsync(database, $"SELECT 1 FROM batch_chunks WHERE {own} AND \"Succeeded\" > 0"));
        await killed.EndAsync(ServerProcess.Kill);
        // The others would wait a minute for it.
        await postgres.ExecuteAsync(database.Split('/')[^1], $"UPDATE batch_chunks SET \"LeasedUntil\" = 0 WHERE {own}");
        var before = (await BatchAsync(client)).GetProperty("succeeded").GetInt32();
        await Until.AsyncTrue(async () => (await BatchAsync(client)).GetProperty("succeeded").GetInt32() > before);
        killOther();
        await Until.AsyncTrue(async () => (await BatchAsync(client)).GetProperty("state").GetString() == "done");

        var batch = await BatchAsync(client);
        (batch.GetProperty("items").GetInt32(), batch.GetProperty("succeeded").GetInt32(), batch.GetProperty("failed").GetInt32())
            .ShouldBe((Clips, Clips, 0));
        var rows = await client.GetStringAsync("/api/v1/batches/1/export?format=csv", Ct);
        rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(Clips + 1);
        (await other.EndAsync(ServerProcess.Terminate)).ShouldBe(0, other.Text);
        (await server.EndAsync(ServerProcess.Terminate)).ShouldBe(0, server.Text);
    }

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
