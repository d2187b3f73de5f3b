using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The servers and workers of an installation on the page.</summary>
public sealed class ClusterPageTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Fact]
    public async Task Drain_Worker_IsShownUntilItIsResumed()
    {
        using var folder = new TemporaryFolder();
        var database = await SharedPostgres.CreateAsync();
        var server = await ServeAsync(null, ("Database", database), ("Files", folder.Path), ("NoBatches", "true"));
        await server.ReadyAsync();
        await using var worker = await RunningWorker.StartAsync(database, folder.Path);
        await server.BatchEndAsync(await server.PostBatchAsync([("file", "crashed.wav", Recordings.Speech)]));
        await CrashAsync(server);

        var page = await OpenAsync(server);
        await page.GetByTestId("nav-cluster").ClickAsync();

        var row = page.Locator("[data-testid=cluster-programs] tr[data-kind=worker]");
        await Expect(row).ToHaveAttributeAsync("data-state", "working");
        await Expect(row).ToContainTextAsync("compact");
        await Expect(page.Locator("[data-part=database]")).ToContainTextAsync("PostgreSQL");
        await Expect(page.GetByTestId("cluster-dead")).ToContainTextAsync("crashed.wav");
        await page.SaveAsync("cluster-zh-light");
        await AccessibilityTests.ExamineAsync(page, "cluster");

        await row.GetByTestId("drain").ClickAsync();
        await Expect(row).ToHaveAttributeAsync("data-state", "drained");
        await page.GetByTestId("retry-dead").ClickAsync();
        await Expect(page.Locator("[data-queue=chunks]")).ToHaveAttributeAsync("data-waiting", "1");
        await Expect(page.GetByTestId("standstill")).ToHaveAttributeAsync(
            "data-code", "cluster.all_drained", new() { Timeout = 60_000 });
        await page.GetByTestId("lang-switch").ClickAsync();
        await page.GetByTestId("theme-switch").ClickAsync();
        await page.SaveAsync("cluster-en-dark");

        await row.GetByTestId("resume").ClickAsync();
        await Expect(row).ToHaveAttributeAsync("data-state", "working");
        await Expect(page.GetByTestId("cluster-dead")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Navigation_ServerThatIsAlone_LacksTheCluster()
    {
        Assert.SkipWhen(await SharedPostgres.OfAsync(pages.Running.Output) is not null, "All servers share a database.");
        var page = await OpenAsync(pages.Running, "#/cluster");

        await Expect(page.Locator("[data-testid=cluster-programs] tr[data-kind=server]")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("drain")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("nav-models")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("nav-cluster")).ToHaveCountAsync(0);
    }

    private static Task<int> CrashAsync(RunningServer server) => server.Services.GetRequiredService<HistoryDatabase>().WriteAsync(
        async context =>
        {
            await context.BatchChunks.ExecuteUpdateAsync(
                chunk => chunk.SetProperty(c => c.Succeeded, 0).SetProperty(c => c.Failed, 1).SetProperty(c => c.GaveUp, true));
            return await context.BatchOutcomes.ExecuteUpdateAsync(
                outcome => outcome.SetProperty(o => o.Succeeded, false).SetProperty(o => o.Code, RequestErrors.CrashedCode));
        },
        TestContext.Current.CancellationToken);
}
