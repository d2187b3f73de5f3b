using Microsoft.Playwright;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The page without a mouse.</summary>
public sealed class KeyboardTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    private const int MostStops = 40;

    [Fact]
    public async Task Upload_ByTabEnterAndSpaceAlone_GivesAResult()
    {
        var page = await OpenAsync(pages.Running);
        await Expect(page.GetByTestId("model-badge")).ToBeVisibleAsync();

        // Waits from the first key on: otherwise the key that opens the file chooser could arrive before the browser
        // intercepts it.
        var chooser = page.WaitForFileChooserAsync();
        await TabToAsync(page, "upload-input");
        await page.Keyboard.PressAsync("Enter");
        await (await chooser).SetFilesAsync(Recordings.Speech.Named("keyboard.wav"));
        await page.ReachAsync("ready");
        await TabToAsync(page, "embedding");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "start");
        await page.Keyboard.PressAsync("Enter");

        await page.ReachAsync("done");
        await Expect(page.GetByTestId("announcement")).ToContainTextAsync("识别完成");
        await TabToAsync(page, "download-embedding.npy");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));
        await download.DeleteAsync();
    }

    [Fact]
    public async Task SkipLink_Pressed_LeadsToTheResult()
    {
        var page = await OpenAsync(pages.Running);
        await Expect(page.GetByTestId("empty")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(":focus")).ToHaveTextAsync("跳到结果");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(":focus")).ToHaveAttributeAsync("id", "result");
    }

    /// <summary>Presses Tab until an element has the focus.</summary>
    internal static async Task TabToAsync(IPage page, string id)
    {
        for (var stops = 0; stops < MostStops; stops++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("id => document.activeElement?.closest('[data-testid]')?.dataset.testid === id", id))
                return;
        }
        throw new InvalidOperationException($"Tab does not lead to {id}.");
    }
}
