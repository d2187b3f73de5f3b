using Shouldly;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

/// <summary>
/// A server must not start on a database that is not its folder's: it deletes the recordings that its database does not name.
/// </summary>
public sealed class InstallationCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WithANewDatabaseInsteadOfTheHistoryInTheFolder_IsRefusedUntilItIsMoved()
    {
        await using (var server = await RunningServer.StartAsync(output: _folder.Path))
            await server.BatchEndAsync(await server.PostBatchAsync([("file", "a.wav", Recordings.Speech)]));
        var database = await SharedPostgres.CreateAsync();

        (await CodeAsync(database)).ShouldBe("history.not_moved");
        (await MigrateAsync(database)).ShouldBe(0);
        (await MigrateAsync(database)).ShouldBe(1);
        (await CodeAsync(null)).ShouldBe("history.moved");
        File.Exists(Path.Combine(_folder.Path, ".ser", "history.db")).ShouldBeFalse();

        await using (var server = await RunningServer.StartAsync([("Database", database)], output: _folder.Path))
        {
            var items = await server.JsonAsync("/api/v1/batches/1/items");
            using var sound = await server.GetAsync(items.GetProperty("items")[0].Link("audio"));
            (await sound.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(Recordings.Speech);
        }
        (await MigrateAsync(database, "--back")).ShouldBe(0);
        (await CodeAsync(database)).ShouldBe("history.not_moved");
        await using var again = await RunningServer.StartAsync(output: _folder.Path);
        (await again.JsonAsync("/api/v1/batches/1")).Number("succeeded").ShouldBe(1);
    }

    [Fact]
    public async Task Start_WithANewDatabaseInsteadOfTheFolders_IsRefused()
    {
        await using (await RunningServer.StartAsync([("Database", await SharedPostgres.CreateAsync())], output: _folder.Path))
        {
        }

        (await CodeAsync(await SharedPostgres.CreateAsync())).ShouldBe("history.other_files");
        (await CodeAsync(null)).ShouldBe("history.moved");
    }

    [Fact]
    public async Task Migrate_AfterACrashBeforeTheEnd_IsFinished()
    {
        await using (var server = await RunningServer.StartAsync(output: _folder.Path))
            await server.EndAsync(await server.SubmitAsync(Recordings.Speech));
        var (database, history) = (await SharedPostgres.CreateAsync(), Path.Combine(_folder.Path, ".ser", "history.db"));
        (await MigrateAsync(database)).ShouldBe(0);
        File.Move(history + ".moved", history);

        (await MigrateAsync(database)).ShouldBe(0);

        File.Exists(history).ShouldBeFalse();
    }

    [Fact]
    public async Task MigrateBack_WhileAnotherServerUsesTheDatabase_IsRefused()
    {
        var database = await SharedPostgres.CreateAsync();
        await using (await RunningServer.StartAsync([("Database", database)], output: _folder.Path))
        {
        }
        using (var scratch = new TemporaryFolder())
        {
            await using var other = await RunningServer.StartAsync(
                [("Database", database), ("Files", _folder.Path)], output: scratch.Path);
            (await MigrateAsync(database, "--back")).ShouldBe(1);
        }

        using (var files = new TemporaryFolder())
            (await MigrateAsync(database, "--back", "--files", files.Path)).ShouldBe(1);
        (await MigrateAsync(database, "--back")).ShouldBe(0);
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> MigrateAsync(string database, params string[] arguments) =>
        MigrateProgram.RunAsync(["--output", _folder.Path, "--database", database, .. arguments]);

    private async Task<string> CodeAsync(string? database) => (await Should.ThrowAsync<RequestException>(() => RunningServer.StartAsync(
        database is null ? [] : [("Database", database)], output: _folder.Path))).Code;
}
