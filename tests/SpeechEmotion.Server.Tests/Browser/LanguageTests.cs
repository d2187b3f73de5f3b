using Microsoft.Playwright;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>Chinese and English.</summary>
public sealed class LanguageTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Theory]
    [InlineData("zh-CN", "zh-CN", "开始识别")]
    [InlineData("zh-TW", "zh-CN", "开始识别")]
    [InlineData("en-GB", "en", "Start recognition")]
    [InlineData("de-DE", "en", "Start recognition")]
    public async Task FirstVisit_ByTheBrowsersLanguage_IsChosen(string browser, string chosen, string start)
    {
        var page = await OpenAsync(pages.Running, how: options => options.Locale = browser);

        await IsInAsync(page, chosen, start);
    }

    [Fact]
    public async Task Switch_Pressed_IsRemembered()
    {
        var page = await OpenAsync(pages.Running);
        await IsInAsync(page, "zh-CN", "开始识别");

        await page.GetByTestId("lang-switch").ClickAsync();
        await IsInAsync(page, "en", "Start recognition");
        await Expect(page).ToHaveTitleAsync("Speech emotion recognition · SpeechEmotion");
        await page.ReloadAsync();
        await IsInAsync(page, "en", "Start recognition");
        await page.GetByTestId("lang-switch").ClickAsync();
        await IsInAsync(page, "zh-CN", "开始识别");
    }

    [Fact]
    public async Task Switch_WithAResult_TranslatesEverything()
    {
        var page = await OpenAsync(pages.Running);
        await page.ChooseAsync(Recordings.Noise(0.3).Named("short.wav"));
        await page.StartAsync();
        await page.ReachAsync("done");
        var note = page.Locator("[data-testid=quality-note][data-reason=too_short]");
        await Expect(note).ToContainTextAsync("秒");

        await page.GetByTestId("lang-switch").ClickAsync();

        await Expect(note).ToContainTextAsync("Record at least");
        await Expect(page.GetByTestId("result-emotion").Locator(".names span").First).ToHaveAttributeAsync("lang", "en");
        await Expect(page.GetByTestId("announcement")).ToContainTextAsync("Done: ");
    }

    private static async Task IsInAsync(IPage page, string language, string start)
    {
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(page.GetByTestId("start")).ToHaveTextAsync(start);
    }
}
