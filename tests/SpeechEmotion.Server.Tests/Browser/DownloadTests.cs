using System.Text.Json;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The downloads of the page are the files in the output folder.</summary>
public sealed class DownloadTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Fact]
    public async Task Downloads_WithEmbedding_AreTheFilesOfTheFolder()
    {
        var page = await OpenAsync(pages.Running);
        await page.GetByTestId("embedding").ClickAsync();
        await page.RecognizeSpeechAsync();
        var log = (await page.GetByTestId("log").TextContentAsync())!;
        var folder = Path.Combine(pages.Running.Output, log[(log.LastIndexOf('/') + 1)..].Trim());

        foreach (var name in (string[])["result.json", "processed_audio.wav", "embedding.npy"])
        {
            var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId($"download-{name}").ClickAsync());

            download.SuggestedFilename.ShouldBe($"speech_{name}");
            File.ReadAllBytes(await download.PathAsync()).ShouldBe(File.ReadAllBytes(Path.Combine(folder, name)));
        }
        Directory.GetFiles(folder).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Json_ShownAndCopied_IsTheFile()
    {
        var page = await OpenAsync(pages.Running, how: options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        await page.RecognizeSpeechAsync();
        // The button says so for two seconds, which a slow machine may not draw: the page's clock stands still.
        await page.Clock.InstallAsync();
        await page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(1));

        await page.GetByTestId("json-fold").Locator("summary").ClickAsync();
        await page.GetByTestId("copy-json").ClickAsync();

        await Expect(page.GetByTestId("copy-json")).ToContainTextAsync("已复制");
        await page.Clock.RunForAsync(2000);
        await Expect(page.GetByTestId("copy-json")).ToHaveTextAsync("复制");
        var copied = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        (await page.GetByTestId("json").TextContentAsync()).ShouldBe(copied);
        JsonElement.Parse(copied).GetProperty("emotion").GetString().ShouldBe("neutral");
    }
}
