using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

/// <summary>A history of version 0.1.0 (<c>tests/golden/history-0.1.0</c>) opens, migrates and loses nothing.</summary>
public sealed class HistoryMigrationTests
{
    private const string WithTimeline = "01a2276661767e28a3254adb56caa0ac";
    private const string Whole = "01a22766636174858df0fc61bc321deb";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_HistoryOfVersion010_KeepsEverything()
    {
        using var folder = Copy();
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path);

        using var list = await server.GetAsync("/api/v1/recognitions");
        var items = (await list.JsonAsync()).GetProperty("items");
        items.EnumerateArray().Select(item => item.GetProperty("state").GetString()).ShouldBe(["failed", "done", "done"]);
        var done = await server.RecognitionAsync(WithTimeline);
        done.GetProperty("emotion").GetString().ShouldBe("angry");
        done.GetProperty("summary").GetProperty("dominant").GetString().ShouldBe("neutral");
        done.GetProperty("log").GetArrayLength().ShouldBe(6);
        using var timeline = await server.GetAsync($"/api/v1/recognitions/{WithTimeline}/timeline");
        timeline.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var context = await ContextAsync(server);
        (await context.Keys.SingleAsync(Ct)).RecognitionId.ShouldBe(WithTimeline);
    }

    [Fact]
    public async Task Open_HistoryOfVersion010_StoresTheSegmentsOfItsResultFiles()
    {
        using var folder = Copy();
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path);

        await using var context = await ContextAsync(server);
        await Until.AsyncTrue(async () => !await context.Recognitions.AnyAsync(entry => !entry.SegmentsStored));

        var segments = await context.Segments.OrderBy(segment => segment.Number).ToArrayAsync(Ct);
        segments.ShouldAllBe(segment => segment.RecognitionId == WithTimeline && segment.Role == "mix" && segment.Scores.Length == 9);
        using var timeline = await server.GetAsync($"/api/v1/recognitions/{WithTimeline}/timeline");
        var written = (await timeline.JsonAsync()).GetProperty("segments");
        segments.Select(segment => segment.Start)
            .ShouldBe(written.EnumerateArray().Select(segment => segment.GetProperty("start").GetDouble()));
        segments.Select(segment => segment.Emotion.ToString().ToLowerInvariant())
            .ShouldBe(written.EnumerateArray().Select(segment => segment.GetProperty("emotion").GetString()));
    }

    [Fact]
    public async Task Open_DamagedResultFile_SkipsItAndContinues()
    {
        using var folder = Copy();
        await File.WriteAllTextAsync(
            Directory.GetFiles(folder.Path, "result.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First(), "{", Ct);
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path);

        await using var context = await ContextAsync(server);
        await Until.AsyncTrue(async () => !await context.Recognitions.AnyAsync(entry => !entry.SegmentsStored));

        (await context.Segments.CountAsync(Ct)).ShouldBe(0);
        (await server.RecognitionAsync(WithTimeline)).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Open_HistoryOfVersion010_FiltersByTheEmotionOfMostOfTheSpeech()
    {
        using var folder = Copy();
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path);

        using var neutral = await server.GetAsync("/api/v1/recognitions?emotion=neutral");
        using var angry = await server.GetAsync("/api/v1/recognitions?emotion=angry");

        var found = (await neutral.JsonAsync()).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("id").GetString() == WithTimeline);
        found.GetProperty("dominant").GetProperty("emotion").GetString().ShouldBe("neutral");
        found.GetProperty("emotion").GetString().ShouldBe("angry");
        (await angry.JsonAsync()).GetProperty("items").EnumerateArray()
            .ShouldNotContain(item => item.GetProperty("id").GetString() == WithTimeline);
    }

    [Fact]
    public async Task Open_MigrationInterrupted_IsResumed()
    {
        using var folder = Copy();
        await Database.ExecuteAsync(
            folder.Path,
            "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); "
                + "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')");

        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path);

        (await server.RecognitionAsync(Whole)).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Open_HistoryWithoutIdempotencyKeys_StoresNewKeys()
    {
        using var folder = Copy();
        await Database.ExecuteAsync(folder.Path, "DROP TABLE \"idempotency_keys\"");
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path);

        (await server.RecognitionAsync(Whole)).GetProperty("state").GetString().ShouldBe("done");
        using var first = await server.PostAsync(Recordings.Speech, "a.wav", ("Idempotency-Key", "one"));
        using var again = await server.PostAsync(Recordings.Speech, "a.wav", ("Idempotency-Key", "one"));
        (await again.JsonAsync()).GetProperty("id").GetString().ShouldBe((await first.JsonAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Open_NewHistory_WritesItsLogAhead()
    {
        using var folder = new TemporaryFolder();
        await using (await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path))
        {
        }

        // https://sqlite.org/fileformat.html: 2 for a write-ahead log.
        var header = await File.ReadAllBytesAsync(Path.Combine(folder.Path, ".ser", "history.db"), Ct);
        header[18..20].ShouldBe([2, 2]);
    }

    [Fact]
    public async Task Open_FirstStartInterrupted_CreatesTheHistory()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, ".ser"));
        await Database.ExecuteAsync(
            folder.Path, "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path);

        using var list = await server.GetAsync("/api/v1/recognitions");
        (await list.JsonAsync()).GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Open_SegmentsOfAnEarlierAttempt_AreReplaced()
    {
        using var folder = Copy();
        await using (var before = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path))
            await SegmentsStoredAsync(before);
        await Database.ExecuteAsync(folder.Path, "UPDATE recognitions SET SegmentsStored = 0");
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path);

        await SegmentsStoredAsync(server);

        await using var context = await ContextAsync(server);
        (await context.Segments.CountAsync(Ct)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Open_HistoryOfNewerVersion_IsRefusedAndUnchanged()
    {
        using var folder = Copy();
        await using (await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path))
        {
        }
        await Database.ExecuteAsync(folder.Path, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0')");

        (await Should.ThrowAsync<RequestException>(() => RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path)))
            .Code.ShouldBe("history.foreign");
    }

    [Fact]
    public async Task Model_AfterAChange_HasAMigration()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        await using var context = await ContextAsync(server);

        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task Recognition_WithTimeline_StoresAndDeletesSegments()
    {
        await using var server = await (await RunningServer.StartAsync()).ReadyAsync();
        var id = await server.SubmitAsync(Recordings.Speech, "a.wav", ("segments", "always"));
        await server.EndAsync(id);
        await using var context = await ContextAsync(server);

        var segments = await context.Segments.AsNoTracking().Where(segment => segment.RecognitionId == id).ToArrayAsync(Ct);
        segments.ShouldNotBeEmpty();
        segments.ShouldAllBe(segment => segment.End > segment.Start && segment.Confidence > 0);

        (await server.DeleteAsync($"/api/v1/recognitions/{id}")).Dispose();
        (await context.Segments.AsNoTracking().CountAsync(Ct)).ShouldBe(0);
    }

    private static async Task SegmentsStoredAsync(RunningServer server)
    {
        await using var context = await ContextAsync(server);
        await Until.AsyncTrue(async () => !await context.Recognitions.AnyAsync(entry => !entry.SegmentsStored));
    }

    private static TemporaryFolder Copy()
    {
        var folder = new TemporaryFolder();
        var golden = Path.Combine(Repository.Root, "tests", "golden", "history-0.1.0");
        foreach (var file in Directory.EnumerateFiles(golden, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(folder.Path, Path.GetRelativePath(golden, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
        return folder;
    }

    private static Task<HistoryContext> ContextAsync(RunningServer server) =>
        Task.FromResult(server.Services.GetRequiredService<HistoryDatabase>().CreateContext());
}
