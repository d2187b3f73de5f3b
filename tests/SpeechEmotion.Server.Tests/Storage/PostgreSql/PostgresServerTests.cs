using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage.PostgreSql;

/// <summary>A server whose database is PostgreSQL, or breaks as PostgreSQL does.</summary>
public sealed class PostgresServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recognition_OnPostgreSql_IsStoredListedExportedAndDeleted()
    {
        await using var server = await RunningServer.StartAsync([("Database", await SharedPostgres.CreateAsync())]);
        var id = await server.SubmitAsync(Recordings.Speech, "Änderung 五月.WAV", ("segments", "always"));
        await server.EndAsync(id);

        var found = await server.JsonAsync("/api/v1/recognitions?name=wav&min_confidence=0");
        (found.Number("total"), found.GetProperty("items")[0].GetProperty("id").GetString()).ShouldBe((1, id));
        (await server.JsonAsync("/api/v1/recognitions?name=%25")).Number("total").ShouldBe(0);
        (await server.Client.GetStringAsync("/api/v1/recognitions/export?format=csv", Ct)).ShouldContain("Änderung 五月.WAV");
        using var deleted = await server.DeleteAsync($"/api/v1/recognitions/{id}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.JsonAsync("/api/v1/recognitions")).Number("total").ShouldBe(0);
    }

    [Fact]
    public async Task Request_WhileTheDatabaseIsDown_Gets503AndSucceedsLater()
    {
        await using var postgres = PostgresServer.Start();
        await using var server = await RunningServer.StartAsync([("Database", await postgres.CreateAsync())]);
        postgres.Kill();

        using (var refused = await server.GetAsync("/api/v1/recognitions"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            (await refused.JsonAsync()).GetProperty("code").GetString().ShouldBe("history.unreachable");
        }
        using (var ready = await server.GetAsync("/health/ready"))
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        postgres.Start();
        (await server.JsonAsync("/api/v1/recognitions")).Number("total").ShouldBe(0);
        await Until.AsyncTrue(async () => (await server.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Batch_AnswerOfTheCommitLost_IsThereWhenTheRequestIsSentAgain()
    {
        await using var server = await RunningServer.StartAsync(configure: UncertainDatabase.Use);
        await server.ReadyAsync();
        (string, string, byte[])[] files = [("file", "a.wav", Recordings.Speech)];
        DatabaseOf(server).LosesAnswer = true;

        using var lost = await server.PostBatchAsync(files, ("Idempotency-Key", "one"));
        (await lost.JsonAsync()).GetProperty("code").GetString().ShouldBe("history.uncertain");
        using var again = await server.PostBatchAsync(files, ("Idempotency-Key", "one"));

        var batch = await server.BatchEndAsync(again);
        (batch.Number("id"), batch.Number("succeeded"), batch.Number("failed")).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task Recognition_AnswerOfTheCommitLost_IsRecognized()
    {
        await using var server = await RunningServer.StartAsync(configure: UncertainDatabase.Use);
        DatabaseOf(server).LosesAnswer = true;

        using var answer = await server.PostAsync(Recordings.Speech, "a.wav");

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await answer.JsonAsync()).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Recognition_DatabaseDownAfterTheCommit_IsRecognizedWhenTheRequestIsSentAgain()
    {
        await using var server = await RunningServer.StartAsync(
            [("Database", await SharedPostgres.CreateAsync())], configure: UncertainDatabase.Use);
        var database = DatabaseOf(server);
        (database.LosesAnswer, database.GoesDown) = (true, true);

        using var lost = await server.PostAsync(Recordings.Speech, "a.wav", ("Idempotency-Key", "one"));
        (await lost.JsonAsync()).GetProperty("code").GetString().ShouldBe("history.unreachable");
        database.IsDown = false;
        using var again = await server.PostAsync(Recordings.Speech, "a.wav", ("Idempotency-Key", "one"));

        (await again.JsonAsync()).GetProperty("state").GetString().ShouldBe("done");
        (await server.JsonAsync("/api/v1/recognitions")).Number("total").ShouldBe(1);
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recognition_DatabaseDownAfterTheCommit_IsFinishedByTheNextStart()
    {
        await using (var server = await RunningServer.StartAsync(output: _folder.Path, configure: UncertainDatabase.Use))
        {
            var database = DatabaseOf(server);
            (database.LosesAnswer, database.GoesDown) = (true, true);
            using var lost = await server.PostAsync(Recordings.Speech, "a.wav");
            lost.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        await using var next = await RunningServer.StartAsync(output: _folder.Path);

        var id = (await next.JsonAsync("/api/v1/recognitions")).GetProperty("items")[0].GetProperty("id").GetString()!;
        (await next.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
    }

    public void Dispose() => _folder.Dispose();

    private static UncertainDatabase DatabaseOf(RunningServer server) =>
        (UncertainDatabase)server.Services.GetRequiredService<HistoryDatabase>();
}
