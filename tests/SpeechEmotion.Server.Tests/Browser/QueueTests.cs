using Microsoft.Playwright;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>A server that is busy, full, or not ready yet.</summary>
public sealed class QueueTests(Chromium chromium) : PageTests(chromium)
{
    [Fact]
    public async Task Busy_OthersAhead_ShowsThePositionAsItChanges()
    {
        var model = new SlowModel();
        var server = await ServeAsync(() => model, ("Workers", "1"));
        for (var i = 0; i < 2; i++)
            await server.SubmitAsync(Recordings.Speech);
        var ahead = await server.SubmitAsync(Recordings.Speech);
        var page = await OpenAsync(server);
        await page.ChooseSpeechAsync();

        await page.StartAsync();

        await IsAtAsync(page, 3, "第 3 位");
        await page.SaveAsync("queue");
        using (await server.Client.PostAsync($"/api/v1/recognitions/{ahead}/cancel", null, TestContext.Current.CancellationToken))
            await IsAtAsync(page, 2, "第 2 位");
        model.Go();
        await page.ReachAsync("done");
    }

    [Fact]
    public async Task Full_AnotherRecording_WaitsAndRetries()
    {
        var model = new SlowModel();
        var server = await ServeAsync(() => model, ("Workers", "1"), ("Queue", "1"));
        var running = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        await server.SubmitAsync(Recordings.Speech);
        var page = await OpenAsync(server);
        ExpectProblem("429");
        await page.ChooseSpeechAsync();

        await page.StartAsync();

        await Expect(page.GetByTestId("progress")).ToContainTextAsync("服务器正忙");
        model.Go();
        await server.EndAsync(running);
        await page.ReachAsync("done");
    }

    [Fact]
    public async Task Model_StillLoading_AcceptsRecordingsAndStartsByItself()
    {
        using var loaded = new ManualResetEventSlim();
        var model = new SlowModel();
        model.Go();
        var server = await ServeAsync(() =>
        {
            loaded.Wait();
            return model;
        });
        try
        {
            var page = await OpenAsync(server);
            await Expect(page.GetByTestId("model-badge")).ToHaveAttributeAsync("data-state", "loading");
            await page.ChooseSpeechAsync();
            await page.StartAsync();
            await Expect(page.GetByTestId("progress")).ToContainTextAsync("模型");
            await page.SaveAsync("model-loading");

            loaded.Set();

            await page.ReachAsync("done");
            await Expect(page.GetByTestId("model-badge")).ToHaveAttributeAsync("data-state", "ready");
        }
        finally
        {
            loaded.Set();
        }
    }

    private static async Task IsAtAsync(IPage page, int position, string words)
    {
        await Expect(page.GetByTestId("queue-position")).ToHaveAttributeAsync("data-position", $"{position}");
        await Expect(page.GetByTestId("queue-position")).ToContainTextAsync(words);
    }
}
