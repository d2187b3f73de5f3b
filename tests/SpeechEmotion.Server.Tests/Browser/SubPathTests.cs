using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The page behind a proxy that serves it below a path.</summary>
public sealed class SubPathTests(Chromium chromium) : PageTests(chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Page_BehindNginx_RecognizesPlaysAndShowsTheDocs(bool strips)
    {
        var server = await ServeAsync(null, ("BasePath", "/ser"));
        var nginx = await ProxyAsync(server, strips);
        var page = await OpenAsync(new Uri($"{nginx.Url}/"));

        await page.RecognizeSpeechAsync();
        await page.ReloadAsync();
        await page.GotoAsync($"{nginx.Url}/#/history");
        await Expect(page.GetByTestId("history-row")).ToContainTextAsync("speech.wav");
        // Scalar checks whether it may use eval, and works without it.
        ExpectProblem("policy: script-src eval");
        await page.GetByTestId("docs").ClickAsync();

        await Expect(page.GetByText("/api/v1/recognitions").First).ToBeVisibleAsync();
    }
}
