using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The list of earlier recognitions.</summary>
public sealed class HistoryTests(Chromium chromium, HistoryServer history) : PageTests(chromium), IClassFixture<HistoryServer>
{
    [Fact]
    public async Task History_MoreThanAPage_TurnsPages()
    {
        var page = await OpenAsync(history.Running);
        await page.GetByTestId("nav-history").ClickAsync();
        await FindsAsync(page, 22);
        await Expect(page.GetByTestId("history-row")).ToHaveCountAsync(20);
        await page.SaveAsync("history-zh-light");

        await page.GetByTestId("history-pages").GetByText("2", new() { Exact = true }).ClickAsync();

        await Expect(page.GetByTestId("history-row")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("history-row").Last).ToContainTextAsync("speech.wav");
    }

    [Fact]
    public async Task Filters_OneByOne_LeaveMatchingRows()
    {
        var page = await OpenAsync(history.Running, "#/history");

        await page.GetByTestId("history-name").FillAsync("noise-1");
        await FindsAsync(page, 10);
        await page.GetByTestId("history-name").FillAsync("没有这个");
        await Expect(page.GetByTestId("history-empty")).ToBeVisibleAsync();
        await page.GetByTestId("history-reset").ClickAsync();
        await FindsAsync(page, 22);

        await page.GetByTestId("history-emotion").SelectOptionAsync("neutral");
        await FindsAsync(page, 1);
        await page.GetByTestId("history-reset").ClickAsync();
        await page.GetByTestId("history-state").SelectOptionAsync("failed");
        await FindsAsync(page, 1);
        await Expect(page.GetByTestId("history-row")).ToContainTextAsync("damaged.wav");

        await page.GetByTestId("history-reset").ClickAsync();
        await page.GetByTestId("history-to").FillAsync("2020-01-01");
        await FindsAsync(page, 0);
        await page.GetByTestId("history-reset").ClickAsync();
        await page.GetByTestId("history-from").FillAsync("2020-01-01");
        await FindsAsync(page, 22);
    }

    [Fact]
    public async Task Filter_Confidence_LeavesMatchingRows()
    {
        var page = await OpenAsync(history.Running, "#/history");
        await FindsAsync(page, 22);
        var most = page.GetByTestId("history-confidence").GetByRole(AriaRole.Slider).Last;

        for (var percent = 100; percent > 65; percent -= 5)
            await most.PressAsync("ArrowLeft");

        await FindsAsync(page, 1);
        await Expect(page.GetByTestId("history-row")).ToContainTextAsync("speech.wav");
    }

    [Fact]
    public async Task Play_Pressed_PlaysUntilPressedAgain()
    {
        var page = await OpenAsync(history.Running, "#/history");
        await page.GetByTestId("history-name").FillAsync("speech");
        await FindsAsync(page, 1);
        // Playback must not end by itself before the button is pressed again.
        await page.EvaluateAsync(
            """
            () => {
              const { prototype } = HTMLMediaElement, { play } = prototype
              prototype.play = function () { this.playbackRate = 0.1; return play.call(this) }
            }
            """);
        var play = page.GetByTestId("history-play");

        var sound = await page.RunAndWaitForResponseAsync(
            () => play.ClickAsync(), response => response.Url.Contains("processed_audio.wav", StringComparison.Ordinal));

        sound.Status.ShouldBe(206);
        await Expect(play).ToHaveAttributeAsync("aria-label", "暂停 speech.wav");
        await play.ClickAsync();
        await Expect(play).ToHaveAttributeAsync("aria-label", "播放 speech.wav");
    }

    [Fact]
    public async Task Open_Pressed_ShowsTheResult()
    {
        var page = await OpenAsync(history.Running, "#/history");
        await page.GetByTestId("history-name").FillAsync("speech");
        await FindsAsync(page, 1);

        await page.GetByTestId("history-open").ClickAsync();

        await Expect(page.GetByTestId("result-emotion")).ToHaveAttributeAsync("data-emotion", "neutral");
        await Expect(page.GetByTestId("chart")).ToBeVisibleAsync();
        page.Url.ShouldContain("#/recognitions/");
        await page.GoBackAsync();
        await Expect(page.GetByTestId("history-row")).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Delete_Confirmed_RemovesRowAndFolder()
    {
        var server = history.Running;
        var done = await server.EndAsync(await server.SubmitAsync(Recordings.Noise(1), "to-delete.wav"));
        var folder = Path.Combine(server.Output, done.GetProperty("folder").GetString()!);
        Directory.Exists(folder).ShouldBeTrue();
        var page = await OpenAsync(server, "#/history");
        await page.GetByTestId("history-name").FillAsync("to-delete");
        await FindsAsync(page, 1);

        await page.GetByTestId("history-delete").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保留" }).ClickAsync();
        Directory.Exists(folder).ShouldBeTrue();
        await page.GetByTestId("history-delete").ClickAsync();
        await page.Locator(".ser-confirm-delete").ClickAsync();

        await Expect(page.GetByTestId("history-empty")).ToBeVisibleAsync();
        Directory.Exists(folder).ShouldBeFalse();
    }

    private static Task FindsAsync(IPage page, int total) =>
        Expect(page.GetByTestId("history-total")).ToHaveAttributeAsync("data-total", $"{total}");
}
