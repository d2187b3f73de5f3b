using System.Text.Json;
using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports.Reports;

public sealed class SummaryWriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_Outcomes_CountsThem()
    {
        using var database = await BatchDatabase.CreateAsync(new() { Embedding = true }, "speaker", "id");
        await database.AddAsync("a.wav", RealResult.Speech, null, ("speaker", "Anna"));
        await database.AddAsync("b.wav", RealResult.Speech, 0, ("speaker", "Anna"));
        await database.AddAsync("c.wav", RealResult.Noise, null, ("speaker", "李明"));
        await database.AddFailureAsync("d.wav", metadata: ("speaker", "李明"));
        await database.AddFailureAsync("e.wav", "audio.not_found");
        await database.AddFailureAsync("f.wav", "audio.not_found");
        await database.AddPendingAsync("g.wav");

        var summary = await SummaryAsync(database);

        (Int(summary, "items"), Int(summary, "succeeded"), Int(summary, "failed"), Int(summary, "pending")).ShouldBe((7, 3, 3, 1));
        Int(summary, "same_audio").ShouldBe(1);
        summary.GetProperty("state").GetString().ShouldBe("running");
        summary.GetProperty("options").GetProperty("embedding").GetBoolean().ShouldBeTrue();
        var speech = RealResult.Speech.Recognition;
        var emotion = summary.GetProperty("emotions").GetProperty(speech.Emotion.Key());
        Int(emotion, "count").ShouldBe(2 + (RealResult.Noise.Recognition.Emotion == speech.Emotion ? 1 : 0));
        summary.GetProperty("confidence").GetProperty("histogram").EnumerateArray().Sum(count => count.GetInt32()).ShouldBe(3);
        summary.GetProperty("models").EnumerateArray().Single().GetProperty("hash").GetString().ShouldBe(speech.Model.Hash);
        summary.GetProperty("failures").EnumerateObject().Select(code => (code.Name, code.Value.GetInt32()))
            .ShouldBe([("audio.not_found", 2), ("audio.empty", 1)]);
        summary.GetProperty("quality").EnumerateObject().Select(reason => reason.Name)
            .ShouldBe(RealResult.Noise.Recognition.Quality.Select(note => note.Key), ignoreOrder: true);
        var values = summary.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("column").GetString() == "speaker")
            .GetProperty("values").EnumerateArray().ToArray();
        values.Select(value => (value.GetProperty("value").GetString(), Int(value, "succeeded"), Int(value, "failed")))
            .ShouldBe([(null, 0, 2), ("Anna", 2, 0), ("李明", 1, 1)]);
    }

    [Fact]
    public async Task Write_ColumnOfManyValues_IsLeftOut()
    {
        using var database = await BatchDatabase.CreateAsync(null, "few", "many");
        for (var i = 0; i < 51; i++)
            await database.AddFailureAsync($"{i}.wav", "audio.empty", ("few", $"{i % 50}"), ("many", $"{i}"));

        var summary = await SummaryAsync(database);

        summary.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("column").GetString()).ShouldBe(["few"]);
    }

    [Fact]
    public async Task Write_RepeatedAndBadRows_AreCountedUnlessThereAreNone()
    {
        using var database = await BatchDatabase.CreateAsync();
        var none = await SummaryAsync(database);
        await database.ExecuteAsync($"UPDATE batches SET Repeated = 2");

        var summary = await SummaryAsync(database, new() { BadRows = 3 });

        (none.TryGetProperty("repeated", out _), none.TryGetProperty("bad_rows", out _)).ShouldBe((false, false));
        (Int(summary, "repeated"), Int(summary, "bad_rows")).ShouldBe((2, 3));
        var report = await database.TextAsync("report.html");
        report.ShouldContain("<dt>Named again</dt><dd>2</dd>");
        report.ShouldContain("<dt>Bad metadata rows</dt><dd>3</dd>");
    }

    [Fact]
    public async Task Write_EmptyBatch_IsAccepted()
    {
        using var database = await BatchDatabase.CreateAsync();

        var summary = await SummaryAsync(database);

        summary.GetProperty("confidence").GetProperty("mean_confidence").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static async Task<JsonElement> SummaryAsync(BatchDatabase database, ExportOptions? options = null)
    {
        await new BatchExport(database).WriteAllAsync(BatchDatabase.Id, database.Folder, options ?? new(), Ct);
        var summary = JsonElement.Parse(await database.TextAsync("summary.json"));
        Contract.BatchSummary.ShouldAccept(summary, "summary.json");
        return summary;
    }

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
