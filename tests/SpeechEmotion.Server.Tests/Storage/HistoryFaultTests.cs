using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

/// <summary>A history file that is removed, locked or replaced: the server accepts nothing that it would lose.</summary>
public sealed class HistoryFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_HistoryRemoved_Returns503UntilRestored()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems cannot remove the file, or cannot distinguish another one from it.");
        await using var server = await (await RunningServer.StartAsync(model: SlowModel.Quick)).ReadyAsync();
        var database = Path.Combine(server.Output, ".ser", "history.db");
        var id = await server.SubmitAsync(Recordings.Speech);
        await server.EndAsync(id);
        File.Move(database, database + ".away");

        using var post = await server.PostAsync(Recordings.Speech, "a.wav");
        using var list = await server.GetAsync("/api/v1/recognitions");
        // The answer of a check holds for a second.
        await Until.AsyncTrue(async () => (await server.GetAsync("/health/ready")).StatusCode != HttpStatusCode.OK);
        using var ready = await server.GetAsync("/health/ready");
        using var health = await server.GetAsync("/health");
        using var live = await server.GetAsync("/health/live");

        await ShouldBeUnavailableAsync(post, "history.missing");
        await ShouldBeUnavailableAsync(list, "history.missing");
        (ready.StatusCode, await ready.TextAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "history.missing"));
        health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await health.JsonAsync()).GetProperty("parts")[0].Text("code").ShouldBe("history.missing");
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        File.Exists(database).ShouldBeFalse();
        await Until.True(() => server.Uploads.Length == 0);

        File.Move(database + ".away", database);
        using var again = await server.PostAsync(Recordings.Speech, "a.wav");
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.RecognitionAsync(id)).GetProperty("state").GetString().ShouldBe("done");
        await Until.AsyncTrue(async () => (await server.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_HistoryReplaced_DoesNotWriteToIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux can distinguish one file from another.");
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        var database = Path.Combine(server.Output, ".ser", "history.db");
        File.Delete(database);
        await File.WriteAllTextAsync(database, "", Ct);

        using var post = await server.PostAsync(Recordings.Speech, "a.wav");

        await ShouldBeUnavailableAsync(post, "history.missing");
        new FileInfo(database).Length.ShouldBe(0);
    }

    [Fact]
    public async Task Post_HistoryRemovedDuringRecognition_ReportsNotRecorded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems cannot remove the file.");
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        var post = server.PostAsync(Recordings.Speech, "a.wav");
        await Until.True(() => model.Begun == 1);
        File.Delete(Path.Combine(server.Output, ".ser", "history.db"));
        model.Go();

        using var answer = await post;

        await ShouldBeUnavailableAsync(answer, "history.not_recorded");
        server.Folders.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Request_HistoryLocked_Returns503AndRecovers()
    {
        await using var server = await (await RunningServer.StartAsync(model: SlowModel.Quick)).ReadyAsync();
        var database = Path.Combine(server.Output, ".ser", "history.db");
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            await connection.OpenAsync(Ct);
            await using var transaction = connection.BeginTransaction();

            using var post = await server.PostAsync(Recordings.Speech, "a.wav");
            await ShouldBeUnavailableAsync(post, "history.locked");
            await Until.AsyncTrue(async () => await (await server.GetAsync("/health/ready")).TextAsync() == "history.locked");
        }

        using var again = await server.PostAsync(Recordings.Speech, "a.wav");
        again.StatusCode.ShouldBe(HttpStatusCode.Created, await again.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Engine_HistoryLockedWhenItStarts_DoesNotStopTheServer()
    {
        using var model = new LoadingModel();
        await using var server = await RunningServer.StartAsync(model: model.Load);
        var engine = server.Services.GetRequiredService<BatchEngine>();
        var database = Path.Combine(server.Output, ".ser", "history.db");
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            await connection.OpenAsync(Ct);
            await using var transaction = connection.BeginTransaction();
            model.Go();
            await Until.True(() => engine.Failure?.Code == "history.locked");
        }

        using var post = await server.PostAsync(Recordings.Speech, "a.wav");

        post.StatusCode.ShouldBe(HttpStatusCode.Created, await post.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Start_LockedDatabase_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using (await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path))
        {
            // It creates the history.
        }
        await using var connection = new SqliteConnection($"Data Source={folder.File(".ser/history.db")};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var transaction = connection.BeginTransaction();

        var error = await Should.ThrowAsync<RequestException>(RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path));

        error.Code.ShouldBe("history.locked");
    }

    [Theory]
    [InlineData("CREATE TABLE notes (Id INTEGER PRIMARY KEY)")]
    [InlineData("CREATE TABLE recognitions (Id TEXT PRIMARY KEY, Other TEXT)")]
    public async Task Start_DatabaseOfAnotherProgram_IsRefused(string schema)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File(".ser"));
        await using (var connection = new SqliteConnection($"Data Source={folder.File(".ser/history.db")};Pooling=False"))
        {
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test itself provides the SQL.
            command.CommandText = schema;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(Ct);
        }

        var error = await Should.ThrowAsync<RequestException>(RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path));

        error.Code.ShouldBe("history.foreign");
    }

    private static async Task ShouldBeUnavailableAsync(HttpResponseMessage answer, string code)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.CodeAsync()).ShouldBe(code);
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }
}
