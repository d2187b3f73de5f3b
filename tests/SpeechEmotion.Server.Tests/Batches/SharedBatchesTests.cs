using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Batches;

/// <summary>The batches of servers that share a database and a folder.</summary>
public sealed class SharedBatchesTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_SentToTwoServersInTurn_IsOneBatch()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first");
        await using var second = await ServeAsync(database, "second");
        using var created = await first.PostBatchAsync([("file", "a.wav", Recordings.Speech)], ("open", "true"));
        var batch = await created.JsonAsync();

        using var added = await second.PostFilesAsync(
            batch.Link("recordings"), [("file", "b.wav", Recordings.Speech), ("file", "a.wav", Recordings.Speech)]);
        added.EnsureSuccessStatusCode();
        using var closed = await second.PostAsync(batch.Link("seal"));
        closed.EnsureSuccessStatusCode();

        batch = await first.BatchEndAsync(batch);
        (batch.Number("items"), batch.Number("succeeded")).ShouldBe((2, 2));
        using var deleted = await second.DeleteAsync(batch.Link("self"));
        ((int)deleted.StatusCode).ShouldBe(204);
        Directory.GetDirectories(Path.Combine(_folder.File("files"), ".ser", "batches")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Key_SentToBothServersAtOnce_GivesOneBatch()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var first = await ServeAsync(database, "first");
        await using var second = await ServeAsync(database, "second");

        var posted = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            (i % 2 == 0 ? first : second).PostBatchAsync([("file", "a.wav", Recordings.Speech)], ("Idempotency-Key", "one"))));

        var ids = await Task.WhenAll(posted.Select(async response => (await response.JsonAsync()).Number("id")));
        ids.Distinct().Count().ShouldBe(1);
        foreach (var response in posted)
            response.Dispose();
    }

    [Fact]
    public async Task Sources_OfAServerThatIsSilent_AreReadByTheOther()
    {
        var database = await SharedPostgres.CreateAsync();
        _folder.LaySpeech(2);
        JsonElement batch;
        await using (var first = await ServeAsync(database, "first"))
        {
            using var created = await first.PostAsync("/api/v1/batches", JsonContent.Create(new { folder = "" }));
            batch = await first.BatchEndAsync(created);
            // As if the server had crashed before it had read the folder.
            await first.Services.GetRequiredService<HistoryDatabase>().WriteAsync(
                async context =>
                {
                    await context.BatchSources.ExecuteUpdateAsync(source => source.SetProperty(s => s.IsRead, false), Ct);
                    return await context.Batches.ExecuteUpdateAsync(
                        entry => entry.SetProperty(b => b.State, SpeechEmotion.Server.Storage.Batches.BatchState.Running)
                            .SetProperty(b => b.Sealed, false).SetProperty(b => b.Reader, "crashed"),
                        Ct);
                },
                Ct);
        }
        await using var second = await ServeAsync(database, "second");

        batch = await second.BatchEndAsync(batch);

        batch.Number("succeeded").ShouldBe(2);
    }

    [Fact]
    public async Task Webhook_OfTwoServers_IsSentOnce()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        (string, string)[] settings = [("WebhookSecret", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"), ("WebhookHost:0", "127.0.0.1")];
        await using var first = await ServeAsync(database, "first", settings);
        await using var second = await ServeAsync(database, "second", settings);

        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            (i % 2 == 0 ? first : second).SubmitAsync(Recordings.Speech, "a.wav", ("webhook", receiver.Url))));
        foreach (var id in ids)
            await first.EndAsync(id);
        await Until.True(() => receiver.Received.Length >= ids.Length);
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);

        receiver.Received.Length.ShouldBe(ids.Length);
    }

    [Fact]
    public async Task Start_OfTwoServersAtOnce_OnANewDatabase_Connects()
    {
        var database = await SharedPostgres.CreateAsync();

        var servers = await Task.WhenAll(ServeAsync(database, "first"), ServeAsync(database, "second"), ServeAsync(database, "third"));

        servers.Select(server => server.Services.GetRequiredService<InstallationCheck>().Name).Distinct().Count().ShouldBe(1);
        foreach (var server in servers)
            await server.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    private Task<RunningServer> ServeAsync(string database, string name, params (string Key, string Value)[] settings) =>
        RunningServer.StartAsync(
            [("Database", database), ("Files", _folder.File("files")), ("BatchRoot", _folder.Recordings), .. settings],
            output: _folder.File(name));
}
