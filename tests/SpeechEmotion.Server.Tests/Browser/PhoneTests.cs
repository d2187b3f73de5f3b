using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The page on a phone, 360 x 740.</summary>
public sealed class PhoneTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    private const string LongName = "a-very-long-file-name-without-any-blank-that-could-be-broken-into-several-lines-of-text.wav";

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en-US")]
    public async Task EachView_OnAPhone_FitsTheWidth(string language)
    {
        var page = await OpenAsync(pages.Running, how: options => { Phone(options); options.Locale = language; });
        await Expect(page.GetByTestId("model-badge")).ToBeVisibleAsync();
        await FitsAsync(page, "empty");
        await page.GetByTestId("granularity-frame").ClickAsync();
        await page.GetByTestId("embedding").ClickAsync();
        await page.ChooseAsync(Recordings.Speech.Named(LongName));
        await FitsAsync(page, "chosen");
        await page.StartAsync();
        await page.ReachAsync("done");
        await Expect(page.GetByTestId("chart").Locator("canvas")).ToBeVisibleAsync();
        await page.GetByTestId("large-model-guide").Locator("summary").ClickAsync();
        await FitsAsync(page, "frame");
        await page.SaveAsync($"phone-frame-{language}");
        await page.GetByTestId("nav-history").ClickAsync();
        await Expect(page.GetByTestId("history-row").First).ToBeVisibleAsync();
        await FitsAsync(page, "history");
        await page.GetByTestId("history-select").First.CheckAsync();
        await FitsAsync(page, "history with a selection");
        await page.SaveAsync($"phone-history-{language}");
        await page.GetByTestId("history-delete").First.ClickAsync();
        await Expect(page.Locator(".ser-confirm-delete")).ToBeVisibleAsync();
        await FitsAsync(page, "delete");
    }

    [Fact]
    public async Task Error_OnAPhone_FitsTheWidth()
    {
        var page = await OpenAsync(pages.Running, how: Phone);
        await page.ChooseAsync("not audio data"u8.ToArray().Named(LongName));
        await page.StartAsync();
        await page.ReachAsync("failed");
        await FitsAsync(page, "error");
    }

    [Fact]
    public async Task Login_OnAPhone_FitsTheWidth()
    {
        var page = await OpenAsync(await ServeAsync(settings: ("Auth:0", "anna:right horse")), how: Phone);
        await Expect(page.GetByTestId("login")).ToBeVisibleAsync();
        await FitsAsync(page, "login");
    }

    internal static void Phone(BrowserNewContextOptions options)
    {
        options.ViewportSize = new() { Width = 360, Height = 740 };
        options.IsMobile = options.HasTouch = true;
        options.DeviceScaleFactor = 2;
    }

    /// <summary>Fails if a view is wider than the phone, or parts of its header overlap.</summary>
    internal static async Task FitsAsync(IPage page, string view)
    {
        (await page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"))
            .ShouldBeLessThanOrEqualTo(360, view);
        (await page.EvaluateAsync<bool>(
            """
            () => {
              const parts = document.querySelectorAll('header h1, nav a, [data-testid=model-badge], header button')
              const boxes = [...parts].map(one => one.getBoundingClientRect())
              const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
              return boxes.some((a, i) => boxes.slice(i + 1).some(b => overlap(a, b)))
            }
            """)).ShouldBeFalse($"parts of the header do not overlap: {view}");
    }
}
