using System.Text;
using Shouldly;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Http;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports;

public sealed class EmbeddingsWriterTests
{
    private const int HeaderLength = 128;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_SomeRecordingsWithoutEmbedding_WritesTheOthersAndTheirIndex()
    {
        using var database = await BatchDatabase.CreateAsync(new() { Embedding = true });
        await database.AddAsync("speech.wav", RealResult.Speech);
        await database.AddAsync("noise.wav", RealResult.Noise);
        await database.AddFailureAsync("empty.wav");
        await database.AddAsync("=call.wav", RealResult.Call);

        await ExportAsync(database);

        var bytes = await File.ReadAllBytesAsync(database.File("embeddings.npy"), Ct);
        var header = Encoding.ASCII.GetString(bytes, 0, HeaderLength);
        header.ShouldContain("'descr': '<f4', 'fortran_order': False, 'shape': (2, 320)");
        header.ShouldEndWith("\n");
        bytes[HeaderLength..].ShouldBe([.. RealResult.Speech.Embedding!, .. RealResult.Call.Embedding!]);
        DuckTable.Query($"SELECT \"row\", item, file FROM {DuckTable.Of(database.File("embeddings.index.csv"))}")
            .ShouldBe([["0", "0", "speech.wav"], ["1", "3", "'=call.wav"]]);
    }

    [Fact]
    public async Task Write_EmbeddingOfAnotherLength_IsReported()
    {
        using var database = await BatchDatabase.CreateAsync(new() { Embedding = true });
        await database.AddAsync("speech.wav", RealResult.Speech);
        var other = await database.AddAsync("call.wav", RealResult.Call);
        await database.ExecuteAsync($"UPDATE batch_outcomes SET Embedding = zeroblob(3072) WHERE Number = {other}");

        (await Should.ThrowAsync<RequestException>(() => ExportAsync(database))).Code.ShouldBe("batch.damaged");
    }

    private static Task<IReadOnlyList<string>> ExportAsync(BatchDatabase database) =>
        new BatchExport(database).WriteAllAsync(BatchDatabase.Id, database.Folder, new(), Ct);
}
