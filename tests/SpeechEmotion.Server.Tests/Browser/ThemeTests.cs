using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>Dark and light.</summary>
public sealed class ThemeTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Fact]
    public async Task FirstVisit_DarkPreferred_IsDarkAndFollows()
    {
        var page = await OpenAsync(pages.Running, how: Dark);
        await IsDarkAsync(page, true);
        await page.SaveAsync("empty-zh-dark");

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await IsDarkAsync(page, false);
    }

    [Fact]
    public async Task Switch_Pressed_IsRememberedAgainstThePreference()
    {
        var page = await OpenAsync(pages.Running);
        await IsDarkAsync(page, false);

        await page.GetByTestId("theme-switch").ClickAsync();
        await IsDarkAsync(page, true);
        await page.ReloadAsync();
        await IsDarkAsync(page, true);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.GetByTestId("theme-switch").ClickAsync();
        await IsDarkAsync(page, false);
        await page.ReloadAsync();
        await IsDarkAsync(page, false);
    }

    [Fact]
    public async Task Result_DarkEnglish_IsShown()
    {
        var page = await OpenAsync(pages.Running, how: options => { Dark(options); options.Locale = "en-US"; });
        await page.GetByTestId("granularity-frame").ClickAsync();

        await page.RecognizeSpeechAsync();

        await Expect(page.GetByTestId("chart").Locator("canvas")).ToBeVisibleAsync();
        await page.SaveAsync("frame-en-dark");
    }

    private static void Dark(BrowserNewContextOptions options) => options.ColorScheme = ColorScheme.Dark;

    private static async Task IsDarkAsync(IPage page, bool dark)
    {
        var html = page.Locator("html.dark");
        await Expect(html).ToHaveCountAsync(dark ? 1 : 0);
        var brightness = await page.Locator("body")
            .EvaluateAsync<int>("body => Number(getComputedStyle(body).backgroundColor.match(/\\d+/)[0])");
        (brightness < 128).ShouldBe(dark);
    }
}
