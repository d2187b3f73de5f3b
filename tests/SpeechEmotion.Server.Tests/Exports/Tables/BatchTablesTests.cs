using System.Text.Json;
using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Exports.Tables;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports.Tables;

/// <summary>The tables are those of <c>contracts/batch-tables.json</c>, and CSV and Parquet have the same values.</summary>
public sealed class BatchTablesTests : IAsyncLifetime
{
    private static readonly JsonElement[] Contracts =
    [
        .. JsonElement.Parse(File.ReadAllText(Path.Combine(Contract.Folder, "batch-tables.json"))).GetProperty("tables").EnumerateArray(),
    ];

    private BatchDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await BatchDatabase.CreateAsync(new() { Embedding = true }, "speaker", "Speaker", "note");
        await _database.AddAsync("call.wav", RealResult.Call, null, ("speaker", "Anna"), ("Speaker", "2"), ("note", "a, \"b\"\r\nc"));
        await _database.AddAsync("=cmd()|' /C calc'!A0.wav", RealResult.Speech, null, ("note", "=1+1"), ("speaker", "-Anna"));
        await _database.AddAsync("a \"quoted\", name.wav", RealResult.Noise, null, ("note", ""));
        await _database.AddFailureAsync("<script>alert(1)</script>.wav", metadata: ("speaker", "@Anna"));
        await _database.AddAsync("line\nbreak.wav", RealResult.Example);
        await _database.AddAsync("录音 五月.wav", RealResult.Speech, 1, ("speaker", "李明"));
        await _database.AddPendingAsync("pending.wav");
        await _database.AddAsync("\tcall.wav", RealResult.Call, null, ("speaker", "+49"));
        await new BatchExport(_database).WriteAllAsync(BatchDatabase.Id, _database.Folder, new() { Language = "zh" }, Ct);
    }

    [Fact]
    public void Tables_AreThoseOfTheContract()
    {
        var metadata = MetadataColumn.Of([]);

        (string, (string, string, bool)[])[] tables =
        [
            Described(BatchTables.Results(metadata)), Described(BatchTables.Segments()), Described(BatchTables.Transitions()),
            Described(BatchTables.EmbeddingIndex()), Described(BatchTables.Failures(metadata, "en")),
        ];

        tables.Select(table => table.Item1).ShouldBe(Contracts.Select(table => table.GetProperty("name").GetString()!));
        foreach (var (name, columns) in tables)
        {
            columns.ShouldBe(
                Contracts.Single(table => table.GetProperty("name").GetString() == name).GetProperty("columns").EnumerateArray()
                    .Select(column => (
                        column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()!,
                        column.GetProperty("nullable").GetBoolean())),
                name);
        }
    }

    [Fact]
    public void Files_HaveTheColumnsOfTheContract()
    {
        string[] metadata = ["meta_speaker", "meta_Speaker_2", "meta_note"];
        foreach (var table in Contracts)
        {
            foreach (var file in table.GetProperty("files").EnumerateArray().Select(file => file.GetString()!))
            {
                var columns = DuckTable.Columns(_database.File(file));
                var expected = table.GetProperty("columns").EnumerateArray()
                    .Select(column => (column.GetProperty("name").GetString()!, TypeOf(file, column.GetProperty("type").GetString()!)))
                    .Concat(table.GetProperty("metadata").GetBoolean() ? metadata.Select(name => (name, "VARCHAR")) : []);
                columns.ShouldBe(expected, file);
            }
        }
    }

    [Theory]
    [InlineData("results", "item", 6)]
    [InlineData("segments", "item, segment", 0)]
    [InlineData("transitions", "item, channel, time", 0)]
    public void Parquet_HasTheValuesOfTheCsv(string table, string key, int rows)
    {
        var (csv, parquet) = (_database.File($"{table}.csv"), _database.File($"{table}.parquet"));
        var columns = DuckTable.Columns(parquet);
        var keys = string.Join(" AND ", key.Split(", ").Select(name => $"c.{name}::DOUBLE = p.{name}::DOUBLE"));

        // An apostrophe before a formula is the only difference.
        var unequal = string.Join(" OR ", columns.Select(column => column.Type == "VARCHAR"
            ? $"coalesce(p.\"{column.Name}\", '') NOT IN (coalesce(c.\"{column.Name}\", ''), substr(coalesce(c.\"{column.Name}\", ''), 2))"
            : $"CAST(c.\"{column.Name}\" AS {column.Type}) IS DISTINCT FROM p.\"{column.Name}\""));
        var joined = $"{DuckTable.Of(csv)} c JOIN {DuckTable.Of(parquet)} p ON {keys}";

        var count = (long)DuckTable.Value($"SELECT count(*) FROM {joined}")!;
        count.ShouldBe(rows == 0 ? (long)DuckTable.Value($"SELECT count(*) FROM {DuckTable.Of(csv)}")! : rows);
        count.ShouldBe((long)DuckTable.Value($"SELECT count(*) FROM {DuckTable.Of(parquet)}")!);
        DuckTable.Value($"SELECT count(*) FROM {joined} WHERE {unequal}").ShouldBe(0L);
    }

    [Fact]
    public void Results_HaveTheNumbersOfTheRecognitions()
    {
        var results = DuckTable.Of(_database.File("results.parquet"));

        DuckTable.Query($"SELECT item FROM {results}").Select(row => row[0]).ShouldBe([0, 1, 2, 4, 5, 7]);
        foreach (var (item, result) in ((int, RealResult)[])[(0, RealResult.Call), (1, RealResult.Speech), (2, RealResult.Noise)])
        {
            var recognition = result.Recognition;
            var scores = string.Join(", ", EmotionNames.All.Select(emotion => $"score_{emotion.Key()}"));
            var row = DuckTable.Query(
                $"SELECT emotion, confidence, duration, segments, quality, sha256, {scores} FROM {results} WHERE item = {item}").Single();
            row[..6].ShouldBe(
            [
                recognition.Emotion.Key(), recognition.Confidence, recognition.Duration.TotalSeconds, recognition.Timeline?.Segments.Count,
                recognition.Quality.Count == 0 ? null : string.Join(' ', recognition.Quality.Select(note => note.Key)),
                recognition.Provenance.Source?.Sha256,
            ]);
            row[6..].ShouldBe(recognition.Scores.Values.ToArray().Cast<object?>());
        }
        DuckTable.Query($"SELECT item, same_as FROM {results} WHERE same_as IS NOT NULL").ShouldBe([[5, 1]]);
        ((double)DuckTable.Value($"SELECT sum(duration) FROM {results}")!).ShouldBe(
            (2 * RealResult.Call.Recognition.Duration.TotalSeconds) + (2 * RealResult.Speech.Recognition.Duration.TotalSeconds)
                + RealResult.Noise.Recognition.Duration.TotalSeconds + RealResult.Example.Recognition.Duration.TotalSeconds,
            1e-9);
    }

    [Fact]
    public void Parquet_KeepsNamesAndMetadataUnchanged()
    {
        var results = DuckTable.Of(_database.File("results.parquet"));

        DuckTable.Query($"SELECT file FROM {results}").Select(row => row[0]).ShouldBe(
        [
            "call.wav", "=cmd()|' /C calc'!A0.wav", "a \"quoted\", name.wav", "line\nbreak.wav", "录音 五月.wav", "\tcall.wav",
        ]);
        DuckTable.Query($"SELECT meta_speaker, \"meta_Speaker_2\", meta_note FROM {results} WHERE item IN (0, 1, 2, 4)").ShouldBe(
        [
            ["Anna", "2", "a, \"b\"\r\nc"], ["-Anna", null, "=1+1"], [null, null, ""], [null, null, null],
        ]);
    }

    [Fact]
    public void Csv_TextThatLooksLikeAFormula_BeginsWithAnApostrophe()
    {
        var results = DuckTable.Of(_database.File("results.csv"));

        DuckTable.Query($"SELECT file, meta_speaker, meta_note FROM {results} WHERE item IN ('1', '7')").ShouldBe(
        [
            ["'=cmd()|' /C calc'!A0.wav", "'-Anna", "'=1+1"], ["'\tcall.wav", "'+49", null],
        ]);
        DuckTable.Value($"SELECT file FROM {results} WHERE item = '4'").ShouldBe("line\nbreak.wav");
        DuckTable.Value($"SELECT meta_speaker FROM {DuckTable.Of(_database.File("failed.csv"))}").ShouldBe("'@Anna");
    }

    [Fact]
    public void Failed_HasTheMessageInTheLanguage() =>
        DuckTable.Query($"SELECT item, file, code, message FROM {DuckTable.Of(_database.File("failed.csv"))}").ShouldBe(
        [
            ["3", "<script>alert(1)</script>.wav", "audio.empty", "<script>alert(1)</script>.wav 是空的。请重新录制。"],
        ]);

    [Fact]
    public void Segments_AreThoseOfTheTimeline()
    {
        var timeline = RealResult.Call.Recognition.Timeline!;

        var rows = DuckTable.Query(
            $"SELECT segment, \"start\", \"end\", emotion, role FROM {DuckTable.Of(_database.File("segments.parquet"))} WHERE item = 7");

        rows.Select(row => (int)row[0]!).ShouldBe(Enumerable.Range(0, timeline.Segments.Count));
        rows.Select(row => ((double)row[1]!, (double)row[2]!)).ShouldBe(
            timeline.Segments.Select(segment => (Math.Round(segment.Start, 2), Math.Round(segment.End, 2))));
        rows.Select(row => row[3]).ShouldBe(timeline.Segments.Select(segment => segment.Emotion.Key()));
        rows.ShouldAllBe(row => (string)row[4]! == "mix");
    }

    [Fact]
    public void Transitions_AreThoseOfTheTimeline()
    {
        var rows = DuckTable.Query(
            $"SELECT time, \"from\", \"to\" FROM {DuckTable.Of(_database.File("transitions.parquet"))} WHERE item = 0");

        rows.ShouldBe(RealResult.Call.Recognition.Timeline!.Transitions.Select(
            transition => new object?[] { Math.Round(transition.Time, 2), transition.From.Key(), transition.To.Key() }));
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private static (string Name, (string Name, string Type, bool Nullable)[] Columns) Described<T>(ExportTable<T> table) =>
        (table.Name, [.. table.Columns.Select(column => (column.Name, column.Type, column.Nullable))]);

    private static string TypeOf(string file, string type) => file.EndsWith(".csv", StringComparison.Ordinal)
        ? "VARCHAR"
        : type switch { "int32" => "INTEGER", "float32" => "FLOAT", "float64" => "DOUBLE", _ => "VARCHAR" };
}
