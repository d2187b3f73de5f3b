using Shouldly;
using SpeechEmotion.Server.Exports.Rows;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports.Rows;

public sealed class BatchRowsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(1001)]
    public async Task Read_SeveralPages_ReturnsEachRecordingOnceInOrder(int count)
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddManyAsync(count, RealResult.Speech, RealResult.Call);

        var items = new List<int>();
        await foreach (var row in new BatchRows(database).ReadAsync(BatchDatabase.Id, embeddings: false, Ct))
            items.Add(row.Item);

        items.ShouldBe(Enumerable.Range(0, count));
    }

    [Fact]
    public async Task Read_LargeResults_EndsPagesEarly()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddManyAsync(500, RealResult.Example);
        var queries = 0;
        database.Querying = () => queries++;

        var count = 0;
        await foreach (var row in new BatchRows(database).ReadAsync(BatchDatabase.Id, embeddings: false, Ct))
        {
            row.Answer!.Granularity.ShouldBe("frame");
            count++;
        }

        count.ShouldBe(500);
        queries.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Read_OtherBatches_AreNotIncluded()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddAsync("a.wav", RealResult.Speech);

        var rows = new List<BatchRow>();
        await foreach (var row in new BatchRows(database).ReadAsync(BatchDatabase.Id + 1, embeddings: false, Ct))
            rows.Add(row);

        rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_WhileResultsArrive_DoesNotBlockThem()
    {
        using var database = await BatchDatabase.CreateAsync();
        await database.AddManyAsync(600, RealResult.Speech);
        var added = 0;

        await foreach (var row in new BatchRows(database).ReadAsync(BatchDatabase.Id, embeddings: false, Ct))
        {
            if (row.Item == 100)
                added = await database.AddAsync("new.wav", RealResult.Speech);
        }

        added.ShouldBe(600);
    }
}
