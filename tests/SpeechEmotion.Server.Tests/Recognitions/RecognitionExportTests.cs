using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Exports.Tables;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Exports;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

public sealed class RecognitionExportTests(ExportServer exported) : IClassFixture<ExportServer>, IDisposable
{
    private const string Path = "/api/v1/recognitions/export";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_Csv_HasARowForEachResultNewestFirst()
    {
        var csv = await SaveAsync("results.csv", "");

        DuckTable.Columns(csv).Select(column => column.Name).ShouldBe(HistoryTables.Results().Columns.Select(column => column.Name));
        DuckTable.Query($"SELECT id, file FROM {DuckTable.Of(csv)}").ShouldBe(
            new[] { "=1+1, 测试.wav", "frames.wav", "call.wav", "speech.wav" }.Select(
                name => new object?[] { exported.Ids[name], name[0] == '=' ? "'" + name : name }));
        var speech = await exported.Running.RecognitionAsync(exported.Ids["speech.wav"]);
        var row = DuckTable.Query(
            $"SELECT emotion, confidence, duration, segments, model, sha256, created FROM {DuckTable.Of(csv)} WHERE file = 'speech.wav'")
            .Single();
        row[0].ShouldBe(speech.GetProperty("emotion").GetString());
        row[1].ShouldBe(speech.GetProperty("confidence").GetRawText());
        row[2].ShouldBe(speech.GetProperty("duration").GetRawText());
        row[3].ShouldBeNull();
        row[4].ShouldBe("compact");
        row[5].ShouldBe(speech.GetProperty("provenance").GetProperty("source").GetProperty("sha256").GetString());
        DateTimeOffset.Parse((string)row[6]!, System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(speech.GetProperty("created").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Export_Csv_IsAnAttachmentWithTheDate()
    {
        using var response = await exported.Running.GetAsync($"{Path}?bom=true&name=speech");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileName!.ShouldMatch("^recognitions-[0-9]{4}-[0-9]{2}-[0-9]{2}[.]csv$");
        var bytes = await response.BytesAsync();
        bytes[..3].ShouldBe(Encoding.UTF8.Preamble.ToArray());
        Encoding.UTF8.GetString(bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("name=speech", "speech.wav")]
    [InlineData("state=failed", "")]
    [InlineData("min_confidence=1", "")]
    [InlineData("from=2000-01-01T00:00:00Z&name=call", "call.wav")]
    [InlineData("to=2000-01-01T00:00:00Z", "")]
    public async Task Export_Filter_HasTheMatches(string filter, string expected)
    {
        var csv = await SaveAsync("results.csv", $"&{filter}");

        string.Join(' ', DuckTable.Query($"SELECT file FROM {DuckTable.Of(csv)}").Select(row => row[0])).ShouldBe(expected);
    }

    [Fact]
    public async Task Export_Ids_HasOnlyThese()
    {
        var ids = Enumerable.Range(0, 998).Select(i => $"{i:x32}").Append(exported.Ids["call.wav"]).Append(exported.Ids["damaged.wav"]);

        var csv = await SaveAsync("results.csv", $"&ids={string.Join(',', ids)}");

        DuckTable.Query($"SELECT file FROM {DuckTable.Of(csv)}").ShouldBe([["call.wav"]]);
    }

    [Fact]
    public async Task Export_Parquet_HasTheValuesOfTheCsv()
    {
        var csv = DuckTable.Of(await SaveAsync("results.csv", ""));
        var parquet = DuckTable.Of(await SaveAsync("results.parquet", "&format=parquet"));

        const string Columns =
            "id, emotion, CAST(confidence AS FLOAT), CAST(speech AS DOUBLE), CAST(segments AS INTEGER), quality, created";
        DuckTable.Query($"SELECT {Columns} FROM {csv} ORDER BY id")
            .ShouldBe(DuckTable.Query($"SELECT {Columns} FROM {parquet} ORDER BY id"));
        DuckTable.Query($"SELECT file FROM {parquet}").First().ShouldBe(["=1+1, 测试.wav"]);
    }

    [Theory]
    [InlineData("segments")]
    [InlineData("transitions")]
    public async Task Export_Table_HasTheTimeline(string table)
    {
        using var response = await exported.Running.GetAsync($"/api/v1/recognitions/{exported.Ids["call.wav"]}/timeline?format=json");
        var timeline = (await response.JsonAsync()).GetProperty(table).EnumerateArray().ToArray();
        timeline.ShouldNotBeEmpty();
        var time = table == "segments" ? "start" : "time";

        var file = await SaveAsync($"{table}.parquet", $"&format=parquet&table={table}");

        var rows = DuckTable.Query($"SELECT id, file, \"{time}\", confidence, channel, role FROM {DuckTable.Of(file)}");
        rows.ShouldBe(timeline.Select(part => new object?[]
        {
            exported.Ids["call.wav"], "call.wav", part.GetProperty(time).GetDouble(), part.GetProperty("confidence").GetSingle(),
            part.GetProperty("channel").GetInt32(), "mix",
        }));
    }

    [Fact]
    public async Task Export_JsonLines_AreThoseOfTheContractWithFramesAndTimeline()
    {
        var lines = await LinesAsync(exported.Running, "&language=zh");

        foreach (var line in lines)
            Contract.RecognitionLine.ShouldAccept(line, "A line of the export");
        lines.Select(line => line.GetProperty("file").GetString()).ShouldBe(
            ["cancelled.wav", "damaged.wav", "=1+1, 测试.wav", "frames.wav", "call.wav", "speech.wav"]);
        lines[0].GetProperty("error").GetProperty("code").GetString().ShouldBe("recognition.cancelled");
        lines[1].GetProperty("error").GetProperty("message").GetString()!.ShouldContain("。");
        lines[3].GetProperty("frames").GetArrayLength().ShouldBeGreaterThan(100);
        lines[4].GetProperty("timeline").GetProperty("segments").GetArrayLength().ShouldBeGreaterThan(1);
        lines[5].GetProperty("id").GetString().ShouldBe(exported.Ids["speech.wav"]);
        lines[5].GetProperty("provenance").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{ \"emotion\": \"neutral\", \"timeline\": { \"channels\": [")]
    public async Task Export_ResultRemovedOrDamaged_ComesFromTheDatabase(string? result)
    {
        await using var server = await RunningServer.StartAsync();
        var call = await File.ReadAllBytesAsync(System.IO.Path.Combine(Repository.Golden("vad"), "call.wav"), Ct);
        var done = await server.EndAsync(await server.SubmitAsync(call, "call.wav", ("segments", "always")));
        var folder = System.IO.Path.Combine(server.Output, done.GetProperty("folder").GetString()!);
        using var before = await server.GetAsync($"{Path}?table=segments");
        Directory.Delete(folder, recursive: true);
        if (result is not null)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(System.IO.Path.Combine(folder, "result.json"), result, Ct);
        }

        var line = (await LinesAsync(server, "")).ShouldHaveSingleItem();
        using var after = await server.GetAsync($"{Path}?table=segments");
        if (result is not null)
            Directory.Delete(folder, recursive: true);

        Contract.RecognitionLine.ShouldAccept(line, "The line");
        line.GetProperty("emotion").GetString().ShouldBe(done.GetProperty("emotion").GetString());
        line.TryGetProperty("timeline", out _).ShouldBeFalse();
        (await after.TextAsync()).ShouldBe(await before.TextAsync());
    }

    [Fact]
    public async Task Export_SegmentsNotStoredYet_TakesThemFromTheResult()
    {
        await using var server = await RunningServer.StartAsync();
        var call = await File.ReadAllBytesAsync(System.IO.Path.Combine(Repository.Golden("vad"), "call.wav"), Ct);
        await server.EndAsync(await server.SubmitAsync(call, "call.wav", ("segments", "always")));
        using var stored = await server.GetAsync($"{Path}?table=segments");
        await Database.ExecuteAsync(server, "UPDATE recognitions SET SegmentsStored = 0; DELETE FROM segments");

        using var read = await server.GetAsync($"{Path}?table=segments");

        (await read.TextAsync()).ShouldBe(await stored.TextAsync());
    }

    [Fact]
    public async Task Export_Zip_HasAllFiles()
    {
        using var response = await exported.Running.GetAsync($"{Path}?format=zip&language=zh");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        response.Content.Headers.ContentDisposition!.FileName!.ShouldEndWith(".zip");
        await using var archive = await ZipArchive.CreateAsync(
            await response.Content.ReadAsStreamAsync(Ct), ZipArchiveMode.Read, leaveOpen: false, null, Ct);
        archive.Entries.Select(entry => entry.FullName).ShouldBe(
            ["results.csv", "results.jsonl", "results.parquet", "segments.csv", "failed.csv"]);
        await archive.ExtractToDirectoryAsync(_folder.Path, Ct);
        foreach (var name in (string[])["results.csv", "results.parquet"])
            DuckTable.Value($"SELECT count(*) FROM {DuckTable.Of(_folder.File(name))}").ShouldBe(4L);
        (await File.ReadAllLinesAsync(_folder.File("results.jsonl"), Ct)).Length.ShouldBe(6);
        DuckTable.Query($"SELECT file, code FROM {DuckTable.Of(_folder.File("failed.csv"))}").ShouldBe(
            [["cancelled.wav", "recognition.cancelled"], ["damaged.wav", "audio.unsupported_format"]]);
    }

    [Fact]
    public async Task Export_RunningRecognition_IsLeftOut()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        await server.SubmitAsync(Recordings.Speech, "running.wav");
        await Until.True(() => model.Begun == 1);

        (await LinesAsync(server, "")).ShouldBeEmpty();
        model.Go();
    }

    [Theory]
    [InlineData("format=xml")]
    [InlineData("format=jsonl&table=segments")]
    [InlineData("table=errors")]
    [InlineData("bom=maybe")]
    [InlineData("language=fr")]
    [InlineData("state=1")]
    [InlineData("ids=,")]
    [InlineData("name=%00")]
    public async Task Export_BadQuery_IsRefused(string query)
    {
        using var response = await exported.Running.GetAsync($"{Path}?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.CodeAsync()).ShouldBe("request.invalid");
    }

    [Fact]
    public async Task Export_TooManyIds_IsRefused()
    {
        using var response = await exported.Running.GetAsync($"{Path}?ids={string.Join(',', Enumerable.Range(0, 1001))}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Export_HistoryUnavailable_IsAProblemDocument()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems cannot remove the file.");
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        File.Delete(System.IO.Path.Combine(server.Output, ".ser", "history.db"));

        using var response = await server.GetAsync(Path);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.CodeAsync()).ShouldBe("history.missing");
        response.Content.Headers.ContentDisposition.ShouldBeNull();
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("zip")]
    public async Task Export_FailureAfterTheStart_BreaksTheConnection(string format)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems cannot remove the file.");
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        await using (var context = server.Services.GetRequiredService<HistoryDatabase>().CreateContext())
            await ManyRecognitions.AddAsync(context, 40_000);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?format={format}");

        using var response = await server.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        File.Delete(System.IO.Path.Combine(server.Output, ".ser", "history.db"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var body = await response.Content.ReadAsStreamAsync(Ct);
        await Should.ThrowAsync<IOException>(() => body.CopyToAsync(Stream.Null, Ct));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> SaveAsync(string name, string query)
    {
        using var response = await exported.Running.GetAsync($"{Path}?language=en{query}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await File.WriteAllBytesAsync(_folder.File(name), await response.BytesAsync(), Ct);
        return _folder.File(name);
    }

    private static async Task<JsonElement[]> LinesAsync(RunningServer server, string query)
    {
        using var response = await server.GetAsync($"{Path}?format=jsonl{query}");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/jsonl");
        return [.. (await response.TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }
}
