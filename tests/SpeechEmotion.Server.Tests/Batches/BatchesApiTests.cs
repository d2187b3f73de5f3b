using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Batches;

/// <summary><c>/api/v1/batches</c> on a real server with the compact model.</summary>
public sealed class BatchesApiTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The folders with recordings of batches.</summary>
    private string[] Kept => _folder.File("outputs/.ser/batches") is var folder && Directory.Exists(folder)
        ? Directory.GetDirectories(folder)
        : [];

    public async ValueTask InitializeAsync() =>
        _server = await RunningServer.StartAsync([("BatchRoot", _folder.File("root"))], output: _folder.File("outputs"));

    [Fact]
    public async Task Post_Recordings_GivesEachItsOutcome()
    {
        using var created = await _server.PostBatchAsync(
            [
                ("file", "calls/a.wav", Recordings.Speech), ("file", "calls/b.wav", Recordings.Noise(2)),
                ("file", "c.txt", "no audio"u8.ToArray()),
            ],
            ("embedding", "true"));

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var batch = await _server.BatchEndAsync(created);
        created.Headers.Location!.ToString().ShouldBe(batch.Link("self"));
        batch.GetProperty("name").GetString().ShouldBe("calls");
        (batch.Number("items"), batch.Number("succeeded"), batch.Number("failed")).ShouldBe((3, 2, 1));
        batch.GetProperty("emotions").EnumerateObject().Sum(count => count.Value.GetInt32()).ShouldBe(2);
        batch.GetProperty("options").GetProperty("model").GetString().ShouldBe("compact");
        var items = (await _server.JsonAsync(batch.Link("items"))).GetProperty("items").EnumerateArray().ToArray();
        items.Select(item => item.GetProperty("name").GetString()).ShouldBe(["calls/a.wav", "calls/b.wav", "c.txt"]);
        items[2].GetProperty("error").GetProperty("code").GetString()!.ShouldStartWith("audio.");
        var first = await _server.JsonAsync(items[0].Link("self"));
        first.GetProperty("result").GetProperty("file").GetString().ShouldBe("calls/a.wav");
        first.GetProperty("result").GetProperty("emotion").GetString().ShouldBe(first.GetProperty("emotion").GetString());
        using var audio = await _server.GetAsync(items[0].Link("audio"));
        (await audio.BytesAsync()).ShouldBe(Recordings.Speech);
    }

    [Fact]
    public async Task Post_ArchiveWithMetadata_JoinsTheColumns()
    {
        var table = "path,speaker\nin/a.wav,Anna\n"u8.ToArray();
        using var created = await _server.PostBatchAsync(
            [("file", "calls.zip", Archive("in/a.wav", "in/b.wav")), ("metadata", "who.csv", table)]);

        var batch = await _server.BatchEndAsync(created);

        batch.GetProperty("columns")[0].GetString().ShouldBe("speaker");
        batch.GetProperty("sources")[0].GetProperty("name").GetString().ShouldBe("calls.zip");
        var items = (await _server.JsonAsync(batch.Link("items"))).GetProperty("items").EnumerateArray().ToArray();
        items.Select(item => item.GetProperty("name").GetString()).ShouldBe(["calls.zip/in/a.wav", "calls.zip/in/b.wav"]);
        items[0].GetProperty("metadata").GetProperty("speaker").GetString().ShouldBe("Anna");
        items[1].GetProperty("metadata").ValueKind.ShouldBe(JsonValueKind.Null);
        items[1].GetProperty("same_as").GetString().ShouldBe("calls.zip/in/a.wav");
        using var audio = await _server.GetAsync(items[1].Link("audio"));
        (await audio.BytesAsync()).ShouldBe(Recordings.Speech);
    }

    [Fact]
    public async Task Post_DamagedArchive_SaysSoAndProcessesTheRest()
    {
        using var created = await _server.PostBatchAsync(
            [("file", "broken.zip", Archive("a.wav", "b.wav")[..^200]), ("file", "good.wav", Recordings.Speech)]);

        var batch = await _server.BatchEndAsync(created);

        var error = batch.GetProperty("sources")[0].GetProperty("error");
        error.GetProperty("code").GetString()!.ShouldStartWith("source.");
        error.GetProperty("message").GetString()!.ShouldContain("broken.zip");
        batch.Number("succeeded").ShouldBe(1);
    }

    [Fact]
    public async Task Post_DiskBudgetIsUsedUp_PausesInsteadOfLosingTheArchive()
    {
        await using var server = await RunningServer.StartAsync([("DiskLimit", "1")], output: _folder.File("small"));
        // A minute of 2 MB, which a few kilobytes of the archive expand to.
        var minute = Recordings.Wav([.. Enumerable.Range(0, 60 * 16000).Select(i => (short)(i % 97 * 100))]);
        using var created = await server.PostBatchAsync([("file", "calls.zip", Archive(minute, "a.wav"))]);

        var batch = await server.BatchAsync(await created.JsonAsync(), now => now.GetProperty("state").GetString() == "paused");

        batch.GetProperty("reason").GetProperty("code").GetString()!.ShouldStartWith("disk.");
        batch.GetProperty("sources")[0].GetProperty("is_read").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Post_FolderBelowTheRoot_RecognizesItsRecordings()
    {
        Lay("root/calls/a.wav");
        Lay("root/calls/deep/b.wav");

        using var created = await _server.Client.PostAsJsonAsync("/api/v1/batches", new { folder = "calls", priority = 3 }, Ct);

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var batch = await _server.BatchEndAsync(created);
        batch.Number("priority").ShouldBe(3);
        var items = (await _server.JsonAsync(batch.Link("items"))).GetProperty("items").EnumerateArray().ToArray();
        items.Select(item => item.GetProperty("name").GetString()).ShouldBe(["calls/a.wav", "calls/deep/b.wav"]);
    }

    [Theory]
    [InlineData("../outside", "source.outside_root", HttpStatusCode.BadRequest)]
    [InlineData("/etc", "source.outside_root", HttpStatusCode.BadRequest)]
    [InlineData("missing", "source.not_found", HttpStatusCode.NotFound)]
    public async Task Post_FolderThatTheServerDoesNotRead_IsRefused(string folder, string code, HttpStatusCode status)
    {
        Directory.CreateDirectory(_folder.File("root"));

        using var refused = await _server.Client.PostAsJsonAsync("/api/v1/batches", new { folder }, Ct);

        refused.StatusCode.ShouldBe(status);
        (await refused.CodeAsync()).ShouldBe(code);
        Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_ManifestWithPathsOutsideTheRoot_RefusesThoseRows()
    {
        Lay("root/a.wav");
        Lay("secret.wav");
        using var created = await _server.PostBatchAsync(
            [("manifest", "list.csv", Encoding.UTF8.GetBytes(
                $"path,role\na.wav,agent\n../secret.wav,x\n{_folder.File("secret.wav")},y\n"))]);

        var batch = await _server.BatchEndAsync(created);

        (batch.Number("succeeded"), batch.Number("failed")).ShouldBe((1, 2));
        var failed = await _server.JsonAsync($"{batch.Link("items")}?state=failed");
        failed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("error").GetProperty("code").GetString())
            .ShouldAllBe(code => code == "source.outside_root");
        foreach (var item in failed.GetProperty("items").EnumerateArray())
        {
            using var audio = await _server.GetAsync(item.Link("audio"));
            audio.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await audio.CodeAsync()).ShouldBe("batch.no_audio");
        }
    }

    [Fact]
    public async Task Audio_FileThatIsGoneOrTheServersOwn_IsNotFound()
    {
        await using var server = await RunningServer.StartAsync([("BatchRoot", _folder.Path)], output: _folder.File("own"));
        Lay("gone.wav");
        using var created = await server.PostBatchAsync([("manifest", "list.csv", "path\ngone.wav\nown/.ser/history.db\n"u8.ToArray())]);
        var batch = await server.BatchEndAsync(created);
        File.Delete(_folder.File("gone.wav"));

        foreach (var number in new[] { 0, 1 })
        {
            using var audio = await server.GetAsync($"{batch.Link("items")}/{number}/audio");
            audio.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Post_SameKeyTwice_GivesTheSameBatch()
    {
        using var first = await _server.PostBatchAsync([("file", "a.wav", Recordings.Speech)], ("Idempotency-Key", "once"));
        using var second = await _server.PostBatchAsync([("file", "a.wav", Recordings.Speech)], ("Idempotency-Key", "once"));
        using var other = await _server.PostBatchAsync([("file", "b.wav", Recordings.Speech)], ("Idempotency-Key", "once"));

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.JsonAsync()).Number("id").ShouldBe((await first.JsonAsync()).Number("id"));
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.CodeAsync()).ShouldBe("idempotency.mismatch");
        (await _server.JsonAsync("/api/v1/batches")).GetProperty("items").GetArrayLength().ShouldBe(1);
        _server.Uploads.ShouldBeEmpty();
        Kept.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Open_AddedInSteps_EndsAfterTheSeal()
    {
        using var created = await _server.Client.PostAsJsonAsync("/api/v1/batches", new { name = "steps", open = true }, Ct);
        var batch = await created.JsonAsync();
        var add = batch.Link("recordings");

        using var one = await _server.PostFilesAsync(add, [("file", "a.wav", Recordings.Speech)]);
        using var again = await _server.PostFilesAsync(add, [("file", "a.wav", Recordings.Speech), ("file", "a.wav", Recordings.Noise(1))]);
        await _server.BatchAsync(batch, now => now.Number("succeeded") == 2);
        var open = await _server.JsonAsync(batch.Link("self"));
        using var seal = await _server.PostAsync(batch.Link("seal"));
        var end = await _server.BatchEndAsync(seal);
        using var late = await _server.PostFilesAsync(add, [("file", "b.wav", Recordings.Speech)]);

        (await one.JsonAsync()).Number("added").ShouldBe(1);
        ((await again.JsonAsync()).Number("added"), (await again.JsonAsync()).Number("repeated")).ShouldBe((1, 1));
        open.GetProperty("state").GetString().ShouldBe("reading");
        end.Number("items").ShouldBe(2);
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await late.CodeAsync()).ShouldBe("batch.not_open");
    }

    [Fact]
    public async Task Open_SentTwice_CountsRecordingsAndArchivesAsRepeated()
    {
        (string, string, byte[])[] files =
            [("file", "calls.zip", Archive("a.wav")), ("file", "rec.wav", Recordings.Speech), ("file", "rec.wav", Recordings.Noise(1))];
        using var created = await _server.PostBatchAsync(files, ("open", "true"));
        var batch = await created.JsonAsync();

        using var before = await _server.PostFilesAsync(batch.Link("recordings"), files);
        await _server.BatchAsync(batch, now => now.Number("succeeded") == 3);
        using var after = await _server.PostFilesAsync(batch.Link("recordings"), files);
        using var seal = await _server.PostAsync(batch.Link("seal"));
        var end = await _server.BatchEndAsync(seal);

        foreach (var answer in new[] { await before.JsonAsync(), await after.JsonAsync() })
            (answer.Number("added"), answer.Number("repeated")).ShouldBe((0, 3));
        (end.Number("items"), end.Number("succeeded")).ShouldBe((3, 3));
    }

    [Fact]
    public async Task Items_FilteredAndSorted_ReturnsPagesByCursor()
    {
        using var created = await _server.PostBatchAsync(
            [.. Enumerable.Range(1, 5).Select(i => ("file", $"{i}.wav", Recordings.Noise(i * 0.5)))]);
        var batch = await _server.BatchEndAsync(created);

        var first = await _server.JsonAsync($"{batch.Link("items")}?sort=duration&descending=true&limit=2");
        var second = await _server.JsonAsync(
            $"{batch.Link("items")}?sort=duration&descending=true&limit=2&cursor={first.GetProperty("next").GetString()}");
        var named = await _server.JsonAsync($"{batch.Link("items")}?name=3.w");
        using var wrong = await _server.GetAsync($"{batch.Link("items")}?sort=size");

        Names(first).ShouldBe(["5.wav", "4.wav"]);
        Names(second).ShouldBe(["3.wav", "2.wav"]);
        first.Number("total").ShouldBe(5);
        Names(named).ShouldBe(["3.wav"]);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        static string?[] Names(JsonElement page) =>
            [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString())];
    }

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("jsonl", "application/jsonl")]
    [InlineData("parquet", "application/vnd.apache.parquet")]
    [InlineData("zip", "application/zip")]
    public async Task Export_InEachFormat_HasTheRecordings(string format, string type)
    {
        using var created = await _server.PostBatchAsync([("file", "a.wav", Recordings.Speech), ("file", "b.txt", "?"u8.ToArray())]);
        var batch = await _server.BatchEndAsync(created);

        using var export = await _server.GetAsync($"{batch.Link("export")}?format={format}");

        export.StatusCode.ShouldBe(HttpStatusCode.OK);
        export.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        export.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull();
        var content = await export.BytesAsync();
        if (format is "csv" or "jsonl")
            Encoding.UTF8.GetString(content).ShouldContain("a.wav");
        else if (format == "parquet")
            content[..4].ShouldBe("PAR1"u8.ToArray());
        else
            new ZipArchive(new MemoryStream(content)).Entries.Select(entry => entry.Name).ShouldBe(
                ["results.csv", "results.parquet", "results.jsonl", "failed.csv", "summary.json", "report.html"], ignoreOrder: true);
    }

    [Fact]
    public async Task Delete_Batch_RemovesItsRecordingsAndResults()
    {
        using var created = await _server.PostBatchAsync([("file", "a.wav", Recordings.Speech)]);
        var batch = await _server.BatchEndAsync(created);

        using var deleted = await _server.DeleteAsync(batch.Link("self"));
        using var gone = await _server.GetAsync(batch.Link("self"));

        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await gone.CodeAsync()).ShouldBe("batch.not_found");
        Kept.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("priority", "11", "request.invalid")]
    [InlineData("granularity", "word", "request.invalid")]
    [InlineData("model", "nothing", "model.not_found")]
    public async Task Post_WrongField_IsRefusedAndLeavesNothing(string field, string value, string code)
    {
        await _server.ReadyAsync();

        using var refused = await _server.PostBatchAsync([("file", "a.wav", Recordings.Speech)], (field, value));

        (await refused.CodeAsync()).ShouldBe(code);
        _server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_SegmentsAlways_ListsAndCountsTheEmotionOfMostOfTheSpeech()
    {
        using var created = await _server.PostBatchAsync(
            [("file", "talk.wav", Recordings.Wav(Recordings.Talk(2)))], ("segments", "always"));
        var batch = await _server.BatchEndAsync(created);
        var items = batch.Link("items");

        var item = (await _server.JsonAsync($"{items}/0"));
        var summary = item.GetProperty("result").GetProperty("timeline").GetProperty("summary");
        var emotion = summary.Text("dominant");
        var listed = (await _server.JsonAsync($"{items}?emotion={emotion}")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();

        listed.GetProperty("dominant").Text("emotion").ShouldBe(emotion);
        listed.GetProperty("dominant").GetProperty("share").GetDouble()
            .ShouldBe(summary.GetProperty("shares").GetProperty(emotion).GetDouble(), 0.0001);
        batch.GetProperty("emotions").Number(emotion).ShouldBe(1);
    }

    [Fact]
    public async Task Post_UnusableField_IsRefusedBeforeTheFilesAreReceived()
    {
        await _server.ReadyAsync();

        // The file is refused, too, but later: it is empty.
        using var model = await _server.PostBatchAsync([("file", "a.wav", [])], ("model", "nothing"));
        using var unknown = await _server.PostBatchAsync([("file", "a.wav", [])], ("segment", "always"));
        using var file = await _server.PostBatchAsync([("recording", "a.wav", Recordings.Speech)], ("open", "true"));
        using var option = await _server.PostBatchAsync([("segments", "always", Recordings.Speech)]);

        (await model.CodeAsync()).ShouldBe("model.not_found");
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await unknown.JsonAsync();
        problem.GetProperty("code").GetString().ShouldBe("batch.unknown_part");
        problem.GetProperty("detail").GetString()!.ShouldContain("segments");
        (await file.CodeAsync()).ShouldBe("batch.unknown_part");
        (await option.CodeAsync()).ShouldBe("request.invalid");
        _server.Uploads.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private void Lay(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(path))!);
        File.WriteAllBytes(_folder.File(path), Recordings.Speech);
    }

    private static byte[] Archive(params string[] names) => Archive(Recordings.Speech, names);

    private static byte[] Archive(byte[] recording, params string[] names)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(recording);
            }
        }
        return bytes.ToArray();
    }
}
