using System.Text;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Http;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports;

/// <summary>Which files an export has, and that a reader never sees half of one.</summary>
public sealed class BatchExportTests
{
    private static readonly string[] Always = ["results.csv", "results.parquet", "results.jsonl", "summary.json", "report.html"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAll_OnlyWholeResults_WritesTheFilesThatAlwaysExist()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddAsync("a.wav", RealResult.Speech);

        var names = await ExportAsync(database);

        names.ShouldBe(Always);
        Directory.GetFiles(database.Folder).Select(Path.GetFileName).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public async Task WriteAll_EmptyBatch_WritesHeadersOnly()
    {
        using var database = await BatchDatabase.CreateAsync(null, "speaker");

        (await ExportAsync(database)).ShouldBe(Always);

        (await database.TextAsync("results.csv")).ShouldEndWith(",meta_speaker\r\n");
        DuckTable.Value($"SELECT count(*) FROM {DuckTable.Of(database.File("results.parquet"))}").ShouldBe(0L);
        (await database.TextAsync("results.jsonl")).ShouldBeEmpty();
    }

    [Fact]
    public async Task WriteAll_TimelineEmbeddingsAndFailures_WritesTheirFilesToo()
    {
        using var database = await BatchDatabase.CreateAsync(new() { Embedding = true });
        await database.AddAsync("call.wav", RealResult.Call);
        await database.AddFailureAsync("empty.wav");

        (await ExportAsync(database)).ShouldBe(
            [
                .. Always, "segments.csv", "segments.parquet", "transitions.csv", "transitions.parquet", "embeddings.npy",
                "embeddings.index.csv", "failed.csv",
            ], ignoreOrder: true);
    }

    [Fact]
    public async Task WriteAll_EmbeddingsNotRequested_WritesNone()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddAsync("call.wav", RealResult.Call);

        (await ExportAsync(database)).ShouldNotContain("embeddings.npy");
    }

    [Fact]
    public async Task WriteAll_FilesOfAnEarlierExportThatNoLongerApply_AreRemoved()
    {
        using var database = await BatchDatabase.CreateAsync(new() { Embedding = true });
        var failed = await database.AddFailureAsync("empty.wav");
        await database.AddAsync("call.wav", RealResult.Call);
        await ExportAsync(database);
        await File.WriteAllTextAsync(database.File("notes.txt"), "mine", Ct);

        await database.ExecuteAsync($"DELETE FROM batch_outcomes WHERE Number >= {failed}");

        (await ExportAsync(database)).ShouldBe(Always);
        Directory.GetFiles(database.Folder).Select(Path.GetFileName).ShouldBe([.. Always, "notes.txt"], ignoreOrder: true);
    }

    [Fact]
    public async Task WriteAll_Twice_WritesTheSameBytes()
    {
        using var database = await BatchDatabase.CreateAsync(new() { Embedding = true }, "speaker");
        await database.AddAsync("call.wav", RealResult.Call, null, ("speaker", "Anna"));
        await database.AddAsync("noise.wav", RealResult.Noise, null, ("speaker", "李明"));
        await database.AddFailureAsync("empty.wav");
        var names = await ExportAsync(database);
        var first = names.ToDictionary(name => name, name => File.ReadAllBytes(database.File(name)));

        await ExportAsync(database);

        foreach (var name in names)
            File.ReadAllBytes(database.File(name)).AsSpan().SequenceEqual(first[name]).ShouldBeTrue(name);
    }

    [Fact]
    public async Task WriteAll_Running_ShowsNoHalfFile()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddManyAsync(1200, RealResult.Speech);
        await ExportAsync(database);
        var before = await database.TextAsync("results.csv");
        await database.AddAsync("new.wav", RealResult.Speech);
        var seen = new List<string>();
        database.Querying = () =>
        {
            if (File.Exists(database.File(".results.csv.part")))
                seen.Add(File.ReadAllText(database.File("results.csv")));
        };

        await ExportAsync(database);

        seen.Count.ShouldBeGreaterThan(1);
        seen.ShouldAllBe(text => text == before);
        (await database.TextAsync("results.csv")).ShouldContain("new.wav");
        Directory.GetFiles(database.Folder, "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task WriteAll_Cancelled_KeepsTheEarlierFilesAndLeavesNoOther()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddManyAsync(1200, RealResult.Speech);
        await ExportAsync(database);
        var before = Directory.GetFiles(database.Folder).ToDictionary(path => path, File.ReadAllBytes);
        await database.AddFailureAsync("empty.wav");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var queries = 0;
        database.Querying = () =>
        {
            if (++queries == 3)
                cancel.Cancel();
        };

        await Should.ThrowAsync<OperationCanceledException>(
            () => new BatchExport(database).WriteAllAsync(BatchDatabase.Id, database.Folder, new(), cancel.Token));

        Directory.GetFiles(database.Folder).ShouldBe(before.Keys, ignoreOrder: true);
        foreach (var (path, bytes) in before)
            (await File.ReadAllBytesAsync(path, Ct)).ShouldBe(bytes);
    }

    [Fact]
    public async Task WriteAll_LeftoversOfAKilledExport_AreReplaced()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddAsync("a.wav", RealResult.Speech);
        Directory.CreateDirectory(database.Folder);
        foreach (var name in (string[])[".results.csv.part", ".failed.csv.part"])
            await File.WriteAllTextAsync(database.File(name), new string('x', 100_000), Ct);

        await ExportAsync(database);

        Directory.GetFiles(database.Folder).Select(Path.GetFileName).ShouldBe(Always, ignoreOrder: true);
        (await database.TextAsync("results.csv")).ShouldNotContain("xxx");
    }

    [Fact]
    public async Task WriteAll_AnotherExportIntoTheFolder_IsRefused()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddAsync("a.wav", RealResult.Speech);
        Directory.CreateDirectory(database.Folder);
        await using var other = PartFile.Create(database.Folder, "results.csv");

        (await Should.ThrowAsync<OutputException>(() => ExportAsync(database))).Code.ShouldBe("output.not_writable");
    }

    [Fact]
    public async Task WriteAll_DamagedResult_IsReportedAndKeepsTheEarlierFiles()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddAsync("a.wav", RealResult.Speech);
        await ExportAsync(database);
        var damaged = await database.AddAsync("b.wav", RealResult.Speech);
        await database.ExecuteAsync($$"""UPDATE batch_outcomes SET Document = '{"file": "b.wav"}' WHERE Number = {{damaged}}""");

        var error = await Should.ThrowAsync<RequestException>(() => ExportAsync(database));

        error.Code.ShouldBe("batch.damaged");
        error.Message.ShouldContain("b.wav");
        (await database.TextAsync("results.csv")).ShouldNotContain("b.wav");
    }

    [Fact]
    public async Task WriteAll_UnknownBatch_IsReported()
    {
        using var database = await BatchDatabase.CreateAsync();

        (await Should.ThrowAsync<RequestException>(
            () => new BatchExport(database).WriteAllAsync(7, database.Folder, new(), Ct))).Code.ShouldBe("batch.not_found");

        Directory.Exists(database.Folder).ShouldBeFalse();
    }

    [Theory]
    [InlineData(ExportFormat.Csv, "results.csv")]
    [InlineData(ExportFormat.Jsonl, "results.jsonl")]
    [InlineData(ExportFormat.Parquet, "results.parquet")]
    internal async Task Write_ToTheBodyOfAResponse_WritesTheSameAsTheFile(ExportFormat format, string name)
    {
        using var database = await BatchDatabase.CreateAsync(null, "agent");
        await database.AddManyAsync(700, RealResult.Speech, RealResult.Call, RealResult.Noise);
        await database.AddFailureAsync("empty.wav");
        await ExportAsync(database);
        using var body = new ResponseBody();

        await new BatchExport(database).WriteAsync(BatchDatabase.Id, format, ExportedTable.Results, body, new(), Ct);

        var file = await File.ReadAllBytesAsync(database.File(name), Ct);
        body.Written.AsSpan().SequenceEqual(file).ShouldBeTrue();
    }

    [Fact]
    public async Task Write_ByteOrderMark_BeginsTheFile()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddAsync("录音.wav", RealResult.Speech);
        using var body = new ResponseBody();

        await new BatchExport(database).WriteAsync(
            BatchDatabase.Id, ExportFormat.Csv, ExportedTable.Results, body, new() { ByteOrderMark = true }, Ct);

        body.Written[..3].ShouldBe(Encoding.UTF8.Preamble.ToArray());
        Encoding.UTF8.GetString(body.Written).ShouldContain("录音.wav");
    }

    private static Task<IReadOnlyList<string>> ExportAsync(BatchDatabase database) =>
        new BatchExport(database).WriteAllAsync(BatchDatabase.Id, database.Folder, new(), Ct);
}
