using System.Text;
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

    [Fact]
    public async Task Selection_TwoSelected_ExportsThemThenDeletesThem()
    {
        var server = history.Running;
        foreach (var name in (string[])["many-1.wav", "many-2.wav", "many-3.wav"])
            await server.EndAsync(await server.SubmitAsync(Recordings.Noise(0.5), name));
        var page = await OpenAsync(server, "#/history");
        await page.GetByTestId("history-name").FillAsync("many");
        await FindsAsync(page, 3);
        await Expect(page.GetByTestId("history-selected")).ToBeHiddenAsync();

        (await ExportAsync(page, "csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 3);
        await page.GetByTestId("history-select").Nth(0).CheckAsync();
        await page.GetByTestId("history-select").Nth(2).CheckAsync();
        await Expect(page.GetByTestId("history-selected")).ToHaveAttributeAsync("data-count", "2");
        await page.SaveAsync("history-selected-zh");
        var csv = await ExportAsync(page, "csv");

        csv.ShouldStartWith("\uFEFFid,file,emotion,");
        csv.ShouldContain("many-1.wav");
        csv.ShouldContain("many-3.wav");
        csv.ShouldNotContain("many-2.wav");
        await page.GetByTestId("history-delete-selected").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保留" }).ClickAsync();
        await FindsAsync(page, 3);
        await page.GetByTestId("history-delete-selected").ClickAsync();
        await page.Locator(".el-message-box .ser-confirm-delete").ClickAsync();
        await FindsAsync(page, 1);
        await Expect(page.GetByTestId("history-row")).ToContainTextAsync("many-2.wav");
        await Expect(page.GetByTestId("history-selected")).ToBeHiddenAsync();

        await page.GetByTestId("history-delete").ClickAsync();
        await page.Locator(".el-message-box .ser-confirm-delete").ClickAsync();
        await FindsAsync(page, 0);
    }

    [Fact]
    public async Task SelectPage_OnTwoPages_KeepsBothSelected()
    {
        var page = await OpenAsync(history.Running, "#/history", options => options.Locale = "en-US");
        await FindsAsync(page, 22);

        await page.GetByTestId("history-select-page").CheckAsync();
        await Expect(page.GetByTestId("history-selected")).ToHaveAttributeAsync("data-count", "20");
        await page.GetByTestId("history-pages").GetByText("2", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByTestId("history-row")).ToHaveCountAsync(2);
        await page.GetByTestId("history-select").First.CheckAsync();

        await Expect(page.GetByTestId("history-selected")).ToHaveAttributeAsync("data-count", "21");
        await Expect(page.GetByTestId("history-select-page")).Not.ToBeCheckedAsync();
        await page.SaveAsync("history-selected-en");
        (await ExportAsync(page, "jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(21);
        await page.GetByTestId("history-clear-selected").ClickAsync();
        await Expect(page.GetByTestId("history-selected")).ToBeHiddenAsync();
        (await ExportAsync(page, "jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(22);
    }

    [Fact]
    public async Task DeleteAll_Confirmed_AsksTwiceAndDeletesWhatMatches()
    {
        var server = await ServeAsync(SlowModel.Quick);
        foreach (var name in (string[])["call-1.wav", "speech.wav", "call-2.wav"])
            await server.EndAsync(await server.SubmitAsync(Recordings.Speech, name));
        var page = await OpenAsync(server, "#/history", options => { PhoneTests.Phone(options); options.Locale = "en-US"; });
        await page.GetByTestId("history-name").FillAsync("call");
        await FindsAsync(page, 2);

        await page.GetByTestId("history-delete-all").ClickAsync();
        await Expect(page.Locator(".el-message-box")).ToContainTextAsync("Delete all 2 that match the filter?");
        await page.SaveAsync("history-delete-all-en");
        await page.Locator(".el-message-box .ser-confirm-delete").ClickAsync();
        await Expect(page.GetByText("Please confirm once more")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete permanently" }).ClickAsync();

        await FindsAsync(page, 0);
        await page.GetByTestId("history-reset").ClickAsync();
        await FindsAsync(page, 1);
        await Expect(page.GetByTestId("history-row")).ToContainTextAsync("speech.wav");
    }

    /// <summary>Chooses a format in the export menu, and returns the text of the downloaded file.</summary>
    private static async Task<string> ExportAsync(IPage page, string format)
    {
        await page.GetByTestId("history-export").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId($"history-export-{format}").ClickAsync());
        download.SuggestedFilename.ShouldMatch($"^recognitions-[0-9-]+[.]{format}$");
        // File.ReadAllText would drop the byte order mark.
        return Encoding.UTF8.GetString(await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    private static Task FindsAsync(IPage page, int total) =>
        Expect(page.GetByTestId("history-total")).ToHaveAttributeAsync("data-total", $"{total}");
}
