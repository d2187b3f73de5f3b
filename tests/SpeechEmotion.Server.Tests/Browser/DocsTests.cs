using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The page that explains the REST API.</summary>
public sealed class DocsTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Fact]
    public async Task Docs_Opened_ShowTheApiWithoutOtherHosts()
    {
        var page = await OpenAsync(pages.Running);

        // Scalar checks whether it may use eval, and works without it.
        ExpectProblem("policy: script-src eval");
        await page.GetByTestId("docs").ClickAsync();

        // The first group is open; the others are named beside it.
        await Expect(page.GetByText("/api/v1/recognitions").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Models", Exact = true })).ToBeVisibleAsync();
    }
}
