using Microsoft.EntityFrameworkCore;
using Shouldly;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

public abstract class HistoryPagesTests(DatabaseEngine engine)
{
    public sealed class OnSqlite() : HistoryPagesTests(DatabaseEngine.Sqlite)
    {
        [Fact]
        public async Task Read_AnyFilter_WalksAlongTheIdentifiers()
        {
            using var plans = new QueryPlans("recognitions");
            await using var database = await FilledAsync(1300);
            plans.Begin(database.Folder);

            var ids = await IdsAsync(database, new()
            {
                State = RecognitionState.Done,
                From = DateTimeOffset.UnixEpoch,
                To = DateTimeOffset.UtcNow,
                Name = "call-13",
            });

            ids.Count.ShouldBe(12);
            // With the index of a filter, each page would visit and sort all matches.
            var plan = await plans.ReadAsync(Ct);
            plan.ShouldNotBeEmpty();
            plan.ShouldAllBe(step => step.Contains("sqlite_autoindex_recognitions_1", StringComparison.Ordinal));
        }
    }

    public sealed class OnPostgreSql() : HistoryPagesTests(DatabaseEngine.PostgreSql);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(1501)]
    public async Task Read_AnyNumber_ReturnsEachOnceNewestFirst(int count)
    {
        await using var database = await FilledAsync(count);

        var ids = await IdsAsync(database, new());

        ids.ShouldBe(Enumerable.Range(1, count).Reverse().Select(number => number.ToString("D32", null)));
    }

    [Fact]
    public async Task Read_EntriesDeletedMeanwhile_ReturnsNoneTwice()
    {
        await using var database = await FilledAsync(1300);
        var ids = new List<string>();

        await foreach (var page in new HistoryPages(database.Database).ReadAsync(new(), Ct))
        {
            ids.AddRange(page.Select(entry => entry.Id));
            var last = page[^1].Id;
            await database.Database.WriteAsync(context => context.Recognitions.Where(entry => entry.Id == last).ExecuteDeleteAsync(Ct), Ct);
        }

        ids.ShouldBeUnique();
        ids.Count.ShouldBe(1300);
    }

    private static async Task<List<string>> IdsAsync(BatchDatabase database, HistoryQuery query)
    {
        var ids = new List<string>();
        await foreach (var page in new HistoryPages(database.Database).ReadAsync(query, Ct))
            ids.AddRange(page.Select(entry => entry.Id));
        return ids;
    }

    private async Task<BatchDatabase> FilledAsync(int count)
    {
        var database = await BatchDatabase.CreateAsync(engine: engine);
        if (count > 0)
        {
            await database.Database.WriteAsync(
                async context =>
                {
                    await ManyRecognitions.AddAsync(context, count);
                    return true;
                },
                Ct);
        }
        return database;
    }
}
