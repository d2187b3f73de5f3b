using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Files;

/// <summary>Servers and workers whose results and recordings are in a bucket.</summary>
public sealed class SharedBucketTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private BucketServer _bucket = null!;
    private string _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        (_bucket, _database) = (await BucketServer.StartAsync(), await SharedPostgres.CreateAsync());

    public async ValueTask DisposeAsync()
    {
        await _bucket.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Recognition_OfOneServer_IsReadAndDeletedThroughTheOther()
    {
        await using var first = await ServeAsync("first");
        await using var second = await ServeAsync("second");

        using var posted = await first.PostAsync(Recordings.Speech, "a.wav", ("embedding", "true"));
        var id = (await posted.JsonAsync()).GetProperty("id").GetString()!;
        var read = await second.RecognitionAsync(id);

        (await ResultKeysAsync()).ShouldBe(["embedding.npy", "processed_audio.wav", "result.json"]);
        using var result = await second.GetAsync(read.Link("result"));
        JsonElement.Parse(await result.TextAsync()).GetProperty("emotion").GetString().ShouldBe("neutral");
        using var sound = await second.GetAsync($"/api/v1/recognitions/{id}/files/processed_audio.wav");
        (await sound.BytesAsync()).Length.ShouldBeGreaterThan(10_000);
        using var deleted = await second.DeleteAsync($"/api/v1/recognitions/{id}");
        ((int)deleted.StatusCode).ShouldBe(204);
        (await KeysAsync()).ShouldBe(["installation"]);
        using var gone = await first.GetAsync(read.Link("result"));
        ((int)gone.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Recognition_AcceptedByAServerThatIsGone_IsProcessedByTheOther()
    {
        var slow = new SlowModel();
        string waiting;
        await using (var first = await ServeAsync("first", () => slow, ("Workers", "1")))
        {
            await first.SubmitAsync(Recordings.Speech);
            await Until.True(() => slow.Begun == 1);
            waiting = await first.SubmitAsync(Recordings.Speech);
        }
        Directory.Delete(_folder.File("first"), recursive: true);

        await using var second = await ServeAsync("second", SlowModel.Quick);

        (await second.EndAsync(waiting)).GetProperty("state").GetString().ShouldBe("done");
        // The other recognition waits until the lease of the server that began it ends.
        await Until.AsyncTrue(async () => (await KeysAsync()).Count(key => key.StartsWith("uploads/", StringComparison.Ordinal)) <= 1);
    }

    [Fact]
    public async Task Recognition_OfTheSoundOfAResult_KeepsThatResult()
    {
        await using var server = await ServeAsync("first");
        using var posted = await server.PostAsync(Recordings.Speech, "a.wav");
        var id = (await posted.JsonAsync()).GetProperty("id").GetString()!;
        var path = SpeechEmotion.Server.Gradio.Files.VirtualPath.ForResult(id, "processed_audio.wav").ToString();

        using var called = await server.PostAsync(
            "/gradio_api/run/predict", JsonContent.Create(new { data = new object[] { path, "utterance", false } }));

        called.EnsureSuccessStatusCode();
        (await ResultKeysAsync()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Batch_OfFilesAndArchives_IsProcessedByAWorker()
    {
        await using var server = await ServeAsync("first", null, ("NoBatches", "true"));
        await using var worker = await WorkAsync();
        var archive = Zip(("b.wav", Recordings.Speech), ("c/d.wav", Recordings.Speech), ("broken.wav", [1, 2, 3]));

        using var created = await server.PostBatchAsync(
            [
                ("file", "a.wav", Recordings.Speech), ("file", "more.zip", archive),
                ("metadata", "who.csv", Encoding.UTF8.GetBytes("path,speaker\na.wav,anna\nmore.zip/b.wav,ben\n")),
            ]);
        var batch = await server.BatchEndAsync(created);

        (batch.Number("succeeded"), batch.Number("failed")).ShouldBe((3, 1));
        var table = await server.GetAsync($"{batch.Link("self")}/export?format=csv");
        (await table.TextAsync()).ShouldContain("ben");
        foreach (var item in (await server.JsonAsync(batch.Link("items"))).GetProperty("items").EnumerateArray().Take(3))
        {
            using var sound = await server.GetAsync(item.Link("audio"));
            ((int)sound.StatusCode).ShouldBe(200);
        }
        await worker.StopAsync();
        Directory.GetFiles(worker.Scratch, "*", SearchOption.AllDirectories).Select(Path.GetFileName)
            .ShouldBe(["installation", "lock", "program"], ignoreOrder: true);
        using var deleted = await server.DeleteAsync(batch.Link("self"));
        await Until.AsyncTrue(async () => (await KeysAsync()) is ["installation"]);
    }

    [Fact]
    public async Task Batch_OpenOnTwoServers_KnowsWhatWasSentTwice()
    {
        await using var first = await ServeAsync("first");
        await using var second = await ServeAsync("second");
        using var created = await first.PostBatchAsync(
            [("file", "a.wav", Recordings.Speech), ("metadata", "who.csv", Encoding.UTF8.GetBytes("path,speaker\nb.wav,ben\n"))],
            ("open", "true"));
        var batch = await created.JsonAsync();

        using var added = await second.PostFilesAsync(
            batch.Link("recordings"), [("file", "b.wav", Recordings.Speech), ("file", "a.wav", Recordings.Speech)]);
        added.EnsureSuccessStatusCode();
        using var closed = await second.PostAsync(batch.Link("seal"));

        batch = await first.BatchEndAsync(batch);
        (batch.Number("items"), batch.Number("succeeded")).ShouldBe((2, 2));
        (await KeysAsync()).Count(key => key.StartsWith("batches/", StringComparison.Ordinal)).ShouldBe(3);
        using var table = await first.GetAsync($"{batch.Link("self")}/export?format=csv");
        (await table.TextAsync()).ShouldContain("ben");
    }

    [Theory]
    [InlineData("error")]
    [InlineData("cut")]
    [InlineData("slow")]
    public async Task Batch_WhileTheBucketFails_WaitsAndGoesOn(string fault)
    {
        await using var server = await ServeAsync("first", null, ("NoBatches", "true"));
        await using var worker = await WorkAsync();
        await _bucket.FaultAsync(fault);

        var creating = server.PostBatchAsync([.. Enumerable.Range(0, 6).Select(i => ("file", $"{i}.wav", Recordings.Speech))]);
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        creating.IsCompleted.ShouldBeFalse();
        await _bucket.FaultAsync("none");
        using var created = await creating;
        await _bucket.FaultAsync(fault);
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        await _bucket.FaultAsync("none");

        var batch = await server.BatchEndAsync(created);
        (batch.Number("succeeded"), batch.Number("failed")).ShouldBe((6, 0));
    }

    [Fact]
    public async Task Recordings_ThatArriveByHalves_AreFetchedAgain()
    {
        await using var server = await ServeAsync("first", null, ("NoBatches", "true"));
        using var created = await server.PostBatchAsync(
            [.. Enumerable.Range(0, 3).Select(i => ("file", $"{i}.wav", Recordings.Speech))]);
        await _bucket.FaultAsync("half", 4);

        await using var worker = await WorkAsync();

        var batch = await server.BatchEndAsync(created);
        (batch.Number("succeeded"), batch.Number("failed")).ShouldBe((3, 0));
    }

    [Fact]
    public async Task Recording_ThatTheBucketHasLost_FailsAlone()
    {
        await using var server = await ServeAsync("first", null, ("NoBatches", "true"));
        using var created = await server.PostBatchAsync([("file", "a.wav", Recordings.Speech), ("file", "b.wav", Recordings.Speech)]);
        await _bucket.DeleteAsync((await _bucket.ListAsync()).First(key => key.Contains("/batches/", StringComparison.Ordinal)));

        await using var worker = await WorkAsync();

        var batch = await server.BatchEndAsync(created);
        (batch.Number("succeeded"), batch.Number("failed")).ShouldBe((1, 1));
        var failed = await server.JsonAsync($"{batch.Link("items")}?state=failed");
        failed.GetProperty("items")[0].GetProperty("error").GetProperty("code").GetString().ShouldBe("audio.not_found");
    }

    [Fact]
    public async Task Recognition_WhoseResultCannotBeStored_IsProcessedByTheOther()
    {
        var slow = new SlowModel();
        await using var first = await ServeAsync("first", () => slow);
        var id = await first.SubmitAsync(Recordings.Speech);
        await Until.True(() => slow.Begun == 1);
        await using var second = await ServeAsync("second", SlowModel.Quick);
        await _bucket.FaultAsync("denied", 1);

        slow.Go();

        (await first.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
        (await second.RecognitionAsync(id)).GetProperty("state").GetString().ShouldBe("done");
        await Until.AsyncTrue(async () => !(await KeysAsync()).Any(key => key.StartsWith("uploads/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Call_OfAGradioClientThatWaits_SurvivesARestart()
    {
        var slow = new SlowModel();
        await using (var server = await ServeAsync("first", () => slow, ("Workers", "1")))
        {
            await server.SubmitAsync(Recordings.Speech);
            await Until.True(() => slow.Begun == 1);
            using var form = new MultipartFormDataContent { { new ByteArrayContent(Recordings.Speech), "files", "a.wav" } };
            using var uploaded = await server.PostAsync("/gradio_api/upload", form);
            var path = (await uploaded.JsonAsync())[0].GetString()!;
            using var called = await server.PostAsync(
                "/gradio_api/call/predict", JsonContent.Create(new { data = new object[] { new { path } } }));
            called.EnsureSuccessStatusCode();
            await Until.AsyncTrue(async () => (await server.JsonAsync("/api/v1/recognitions")).GetProperty("total").GetInt32() == 2);
        }

        await using var again = await ServeAsync("first", SlowModel.Quick);

        foreach (var found in (await again.JsonAsync("/api/v1/recognitions")).GetProperty("items").EnumerateArray())
            (await again.EndAsync(found.GetProperty("id").GetString()!)).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Archive_OfAServerThatDiedWhileItRead_IsReadByTheOtherWithoutRepeats()
    {
        var archive = Zip(("b.wav", Recordings.Speech), ("c.wav", Recordings.Speech));
        JsonElement batch;
        await using (var first = await ServeAsync("first"))
        {
            using var created = await first.PostBatchAsync([("file", "more.zip", archive)]);
            batch = await first.BatchEndAsync(created);
            // As if the server had died before it marked the archive as read.
            var database = first.Services.GetRequiredService<HistoryDatabase>();
            var location = await database.ReadAsync(context => context.BatchSources.Select(source => source.Location).SingleAsync(Ct));
            await _bucket.PutAsync($"ser/{location[location.LastIndexOf(".ser", StringComparison.Ordinal)..]}", archive);
            await database.WriteAsync(
                async context =>
                {
                    await context.BatchSources.ExecuteUpdateAsync(source => source.SetProperty(s => s.IsRead, false), Ct);
                    return await context.Batches.ExecuteUpdateAsync(
                        entry => entry.SetProperty(b => b.State, BatchState.Running).SetProperty(b => b.Sealed, false)
                            .SetProperty(b => b.Reader, "crashed"),
                        Ct);
                },
                Ct);
        }
        await using var second = await ServeAsync("second");

        batch = await second.BatchEndAsync(batch);

        (batch.Number("items"), batch.Number("succeeded")).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Start_AfterACrash_DeletesWhatTheDatabaseDoesNotName()
    {
        string program;
        await using (var server = await ServeAsync("first"))
            program = server.Services.GetRequiredService<ServerFolder>().Program;
        var old = "0123456789abcdef0123456789abcdef";
        string[] left = [$"{program}-{Guid.CreateVersion7():N}", $"{old}-{Guid.CreateVersion7(DateTimeOffset.UtcNow.AddDays(-2)):N}"];
        string[] used = [$"{old}-{Guid.CreateVersion7():N}"];
        foreach (var name in left.Concat(used))
        {
            await _bucket.PutAsync($"ser/.ser/uploads/{name}", [1]);
            await _bucket.PutAsync($"ser/.ser/batches/{name}/unpacked/1.wav", [1]);
        }

        await using var again = await ServeAsync("first");

        (await KeysAsync()).ShouldBe([$"batches/{used[0]}/unpacked/1.wav", "installation", $"uploads/{used[0]}"]);
    }

    [Theory]
    [InlineData("s3://no-such-bucket/ser", "files.no_bucket")]
    [InlineData(null, "files.denied")]
    public async Task Start_WithoutABucketThatCanBeUsed_IsRefused(string? other, string code)
    {
        if (other is null)
            await _bucket.FaultAsync("denied");
        var files = other is null ? _bucket.Files : $"{other}?endpoint={_bucket.Endpoint}";

        var refusal = await Should.ThrowAsync<RequestException>(() => RunningServer.StartAsync(
            [("Database", _database), ("Files", files)], output: _folder.File("first")));

        refusal.Code.ShouldBe(code);
        refusal.Message.ShouldContain(files.Split('?')[0]);
    }

    [Fact]
    public async Task Start_WithTheBucketOfAnotherInstallation_IsRefused()
    {
        await using (await ServeAsync("first"))
        {
        }
        _database = await SharedPostgres.CreateAsync();

        (await Should.ThrowAsync<RequestException>(() => ServeAsync("second"))).Code.ShouldBe("history.other_files");
    }

    private Task<RunningServer> ServeAsync(
        string name, Func<SpeechEmotion.Inference.IEmotionModel>? model = null, params (string Key, string Value)[] settings) =>
        RunningServer.StartAsync(
            [("Database", _database), ("Files", _bucket.Files), .. settings], model, output: _folder.File(name));

    private Task<RunningWorker> WorkAsync() => RunningWorker.StartAsync(_database, _bucket.Files);

    /// <summary>The keys of all files but the results, without their common beginning.</summary>
    private async Task<IReadOnlyList<string>> KeysAsync() =>
    [
        .. from key in await _bucket.ListAsync()
           where !key.StartsWith("ser/outputs_", StringComparison.Ordinal)
           select key["ser/.ser/".Length..],
    ];

    /// <summary>The names of the files of all results.</summary>
    private async Task<IReadOnlyList<string>> ResultKeysAsync() =>
    [
        .. from key in await _bucket.ListAsync()
           where key.StartsWith("ser/outputs_", StringComparison.Ordinal)
           select key.Split('/')[2],
    ];

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return file.ToArray();
    }
}
