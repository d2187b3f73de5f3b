using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>Cancelling recognitions and uploads.</summary>
public sealed class CancelTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Theory]
    [InlineData("cancel-shown")]
    [InlineData("cancel")]
    [InlineData("file-end")]
    public async Task Cancel_WhileRunning_EndsTheInference(string button)
    {
        var model = new SlowModel();
        var server = await ServeAsync(() => model, ("Workers", "1"));
        var page = await OpenAsync(server);
        await page.ChooseSpeechAsync();
        await page.StartAsync();
        await page.ReachAsync("running");
        await Until.True(() => model.Begun == 1);

        await page.GetByTestId(button).ClickAsync();

        await page.ReachAsync("cancelled");
        await Expect(page.GetByTestId("cancelled")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("announcement")).ToHaveTextAsync("这次识别已取消。");
        model.Go();
        (await server.EndAsync(await server.SubmitAsync(Recordings.Speech))).GetProperty("state").GetString().ShouldBe("done");
        model.Ended.ShouldBe(1);
        await page.StartAsync();
        await page.ReachAsync("done");
    }

    [Fact]
    public async Task Cancel_WhileUploading_LeavesNothingOnTheServer()
    {
        var page = await OpenAsync(pages.Running);
        await page.SlowDownAsync(bytesASecond: 20_000);
        await page.ChooseAsync(Recordings.Noise(60).Named("cancelled-upload.wav"));
        await page.StartAsync();
        await page.ReachAsync("uploading");
        await Expect(page.GetByTestId("progress")).ToContainTextAsync("正在上传");

        await page.GetByTestId("cancel-shown").ClickAsync();

        await page.ReachAsync("cancelled");
        await page.GetByTestId("nav-history").ClickAsync();
        await page.GetByTestId("history-name").FillAsync("cancelled-upload");
        await Expect(page.GetByTestId("history-empty")).ToBeVisibleAsync();
    }
}
