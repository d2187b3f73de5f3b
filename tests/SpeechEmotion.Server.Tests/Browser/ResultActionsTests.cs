using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>A result as text, as a picture and on paper.</summary>
public sealed class ResultActionsTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Fact]
    public async Task Text_Copied_HasHeadlineScoresAndModel()
    {
        var page = await OpenAsync(pages.Running, how: options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        await page.RecognizeSpeechAsync();

        await page.GetByTestId("copy-text").ClickAsync();

        await Expect(page.GetByTestId("copy-text")).ToContainTextAsync("已复制");
        var lines = (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Split('\n');
        lines[0].ShouldStartWith("speech.wav · 0:0");
        lines[1].ShouldMatch(@"^中性 \d+\.\d %$");
        lines.Count(line => line.StartsWith("  ", StringComparison.Ordinal)).ShouldBe(9);
        lines[^2].ShouldStartWith("本次模型: compact · fp32 · ");
    }

    [Fact]
    public async Task Picture_Saved_IsAPngWithTheNameOfTheRecording()
    {
        var page = await OpenAsync(pages.Running);
        await page.RecognizeSpeechAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("save-picture").ClickAsync());

        download.SuggestedFilename.ShouldBe("speech.png");
        var picture = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        picture[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
        var saved = Path.Combine(Repository.Root, "artifacts", "screenshots", "result-card.png");
        await File.WriteAllBytesAsync(saved, picture, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Print_Clip_ShowsTheResultOnOnePage()
    {
        var page = await OpenAsync(pages.Running, how: options => options.ColorScheme = ColorScheme.Dark);
        await page.RecognizeSpeechAsync();
        await new Player(page).DurationAsync();

        var paper = await page.PdfAsync(new() { Format = "A4", PrintBackground = true });

        // Each page of a PDF has an object of this type.
        System.Text.Encoding.Latin1.GetString(paper).Split("/Type /Page\n").Length.ShouldBe(2);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.GetByTestId("result-emotion")).ToBeVisibleAsync();
        foreach (var part in (string[])["upload-input", "start", "nav-history", "print", "download-result.json"])
            await Expect(page.GetByTestId(part)).ToBeHiddenAsync();
        await page.SaveAsync("print");
    }

    [Fact]
    public async Task Result_NarrowScreen_PrecedesTheFoldedForm()
    {
        var page = await OpenAsync(pages.Running, how: PhoneTests.Phone);
        await Expect(page.GetByTestId("show-form")).ToHaveCountAsync(0);
        await page.RecognizeSpeechAsync();

        await Expect(page.GetByTestId("start")).ToBeHiddenAsync();
        var (result, form) = (await TopAsync(page.GetByTestId("result-emotion")), await TopAsync(page.GetByTestId("show-form")));
        result.ShouldBeLessThan(form);
        await page.GetByTestId("show-form").ClickAsync();
        await Expect(page.GetByTestId("start")).ToBeVisibleAsync();
        await PhoneTests.FitsAsync(page, "form after a result");
    }

    private static async Task<float> TopAsync(ILocator element) => (await element.BoundingBoxAsync())!.Y;
}
