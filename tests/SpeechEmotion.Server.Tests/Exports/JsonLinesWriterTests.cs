using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports;

public sealed class JsonLinesWriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_ResultsAndErrors_AreLinesOfTheContractInOrder()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddAsync("call.wav", RealResult.Call, null, ("说话人", "李明"), ("note", "a\n\"b\""));
        await database.AddFailureAsync("=bad\n.wav", metadata: ("note", "<b>"));
        await database.AddPendingAsync("pending.wav");
        await database.AddAsync("example.wav", RealResult.Example);
        await database.AddAsync("noise.wav", RealResult.Noise, 0);

        var lines = await LinesAsync(database, "zh");

        foreach (var line in lines)
            Contract.RecognitionLine.ShouldAccept(line, "A line of results.jsonl");
        lines.Select(line => line.GetProperty("file").GetString()).ShouldBe(["call.wav", "=bad\n.wav", "example.wav", "noise.wav"]);
        lines[0].GetProperty("metadata").GetProperty("说话人").GetString().ShouldBe("李明");
        lines[0].GetProperty("metadata").GetProperty("note").GetString().ShouldBe("a\n\"b\"");
        lines[1].GetProperty("error").GetProperty("message").GetString().ShouldBe("=bad\n.wav 是空的。请重新录制。");
        lines[1].GetProperty("metadata").GetProperty("note").GetString().ShouldBe("<b>");
        lines[2].TryGetProperty("metadata", out _).ShouldBeFalse();
        lines[3].GetProperty("same_as").GetString().ShouldBe("call.wav");
    }

    [Fact]
    public async Task Write_Result_KeepsTheTextOfEveryNumber()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddAsync("call.wav", RealResult.Call);

        await new BatchExport(database).WriteAllAsync(BatchDatabase.Id, database.Folder, new(), Ct);

        (await database.TextAsync("results.jsonl")).ShouldBe(RealResult.Call.Document + "\n");
    }

    [Fact]
    public async Task Write_NameInTheBatch_ReplacesThatOfTheRecognition()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddAsync("五月/\"a\".wav", RealResult.Speech);

        var line = (await LinesAsync(database, "en")).Single();

        line.GetProperty("file").GetString().ShouldBe("五月/\"a\".wav");
        line.GetProperty("emotion").GetString().ShouldBe(JsonElement.Parse(RealResult.Speech.Document).GetProperty("emotion").GetString());
    }

    private static async Task<JsonElement[]> LinesAsync(BatchDatabase database, string language)
    {
        await new BatchExport(database).WriteAllAsync(BatchDatabase.Id, database.Folder, new() { Language = language }, Ct);
        var lines = (await database.TextAsync("results.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonElement.Parse(line))];
    }
}
