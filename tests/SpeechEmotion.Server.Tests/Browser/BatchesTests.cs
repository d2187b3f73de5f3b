using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>Many recordings at once: their upload, progress, results and downloads.</summary>
public sealed class BatchesTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Fact]
    public async Task Start_SeveralFiles_ShowsEachResult()
    {
        var page = await OpenAsync(pages.Running, "#/batches");
        await page.GetByTestId("batch-files").SetInputFilesAsync([.. Files(), "x"u8.ToArray().Named(".DS_Store")]);
        await Expect(page.GetByTestId("batch-chosen")).ToHaveAttributeAsync("data-count", "4");
        await Expect(page.GetByTestId("batch-left-out")).ToHaveAttributeAsync("data-count", "1");
        await page.GetByTestId("batch-name").FillAsync("周一的录音");
        await page.GetByTestId("batch-metadata").SetInputFilesAsync(
            new FilePayload { Name = "who.csv", MimeType = "text/csv", Buffer = "path,speaker\nspeech.wav,Anna\n"u8.ToArray() });

        await page.GetByTestId("batch-start").ClickAsync();

        await Expect(page.GetByTestId("batch-title")).ToHaveTextAsync("周一的录音");
        await EndsAsync(page);
        await Expect(page.GetByTestId("item-table")).ToHaveAttributeAsync("data-total", "4");
        await Expect(Row(page, "speech.wav")).ToHaveAttributeAsync("data-emotion", "neutral");
        await Expect(Row(page, "speech.wav")).ToContainTextAsync("Anna");
        await Expect(Row(page, "damaged.wav")).ToHaveAttributeAsync("data-state", "failed");
        await page.SaveAsync("batch-zh-light");

        await page.GetByTestId("item-sort-name").ClickAsync();
        await page.GetByTestId("item-sort-name").ClickAsync();
        await Expect(page.GetByTestId("item-row").First).ToContainTextAsync("speech.wav");
        await page.GetByTestId("item-name").FillAsync("noise");
        await Expect(page.GetByTestId("item-total")).ToHaveAttributeAsync("data-total", "2");
        await page.GetByTestId("item-reset").ClickAsync();
        await Expect(page.GetByTestId("item-total")).ToHaveAttributeAsync("data-total", "4");

        await Row(page, "speech.wav").Locator("a").ClickAsync();
        await Expect(page.GetByTestId("item-result").GetByTestId("result-emotion")).ToHaveAttributeAsync("data-emotion", "neutral");
        await new Player(page).DurationAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("item-result")).ToBeHiddenAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("batch-export-csv").ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(4);
        lines[0].ShouldContain("meta_speaker");
    }

    [Fact]
    public async Task Failures_Retried_FailAgain()
    {
        var page = await OpenAsync(pages.Running, "#/batches");
        await page.GetByTestId("batch-files").SetInputFilesAsync(Files());
        await page.GetByTestId("batch-start").ClickAsync();
        await EndsAsync(page);

        await page.GetByTestId("item-failures").ClickAsync();
        await Expect(page.GetByTestId("item-row")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("item-row")).ToContainTextAsync("audio.unsupported_format");
        var retried = await page.RunAndWaitForResponseAsync(
            () => page.GetByTestId("item-retry").ClickAsync(), response => response.Url.Contains("/retry", StringComparison.Ordinal));

        retried.Status.ShouldBe(200);
        await EndsAsync(page);
        await Expect(page.GetByTestId("item-row")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Files_DroppedOnTheStartPage_BecomeABatch()
    {
        var page = await OpenAsync(pages.Running);
        // A result that the start page shows again once the files are gone.
        await page.RecognizeSpeechAsync();
        await page.GetByTestId("drop-area").EvaluateAsync(
            """
            area => {
              const files = new DataTransfer()
              for (const name of ['one.wav', 'two.wav', 'all.zip']) files.items.add(new File(['not empty'], name))
              area.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }))
            }
            """);
        await Expect(page.GetByTestId("batch-offer")).ToHaveAttributeAsync("data-count", "3");
        await Expect(page.GetByTestId("file-row")).ToHaveCountAsync(3);

        await page.GetByTestId("batch-offer-accept").ClickAsync();

        await Expect(page.GetByTestId("batch-chosen")).ToHaveAttributeAsync("data-count", "3");
        await Expect(page.GetByTestId("batch-offer")).ToBeHiddenAsync();
        await page.GetByTestId("nav-recognize").ClickAsync();
        await Expect(page.GetByTestId("file-row")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Delete_Confirmed_RemovesTheBatch()
    {
        var page = await OpenAsync(pages.Running, "#/batches");
        await page.GetByTestId("batch-files").SetInputFilesAsync(Recordings.Noise(1).Named("noise.wav"));
        await page.GetByTestId("batch-start").ClickAsync();
        await EndsAsync(page);
        var id = await page.GetByTestId("batch").GetAttributeAsync("data-id");

        await page.GetByTestId("batch-delete").ClickAsync();
        await page.Locator(".ser-confirm-delete").ClickAsync();

        await Expect(page.GetByTestId("new-batch")).ToBeVisibleAsync();
        await Expect(page.Locator($"[data-testid=batch-row][data-id='{id}']")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task EachView_Examined_IsAccessibleAndFits(ColorScheme theme, bool phone)
    {
        var page = await OpenAsync(
            pages.Running, "#/batches", options => { AccessibilityTests.Shape(options, theme, phone); options.Locale = "en-US"; });
        await page.GetByTestId("batch-files").SetInputFilesAsync(Files());
        await page.GetByTestId("batch-options").Locator("summary").First.ClickAsync();
        await ExamineAsync(page, "list", phone);
        await page.GetByTestId("batch-start").ClickAsync();
        await EndsAsync(page);
        await Expect(page.GetByTestId("batch-emotions").Locator("canvas")).ToBeVisibleAsync();
        await Expect(Row(page, "damaged.wav")).ToBeVisibleAsync();
        await ExamineAsync(page, "batch", phone);
        await page.GetByTestId("item-failures").ClickAsync();
        await Expect(page.GetByTestId("item-row")).ToHaveCountAsync(1);
        await ExamineAsync(page, "failures", phone);
        await page.GetByTestId("item-row").Locator("a").ClickAsync();
        await Expect(page.GetByTestId("item-result")).ToHaveAttributeAsync("data-state", "failed");
        await AccessibilityTests.ExamineAsync(page, "failed recording");
    }

    private static async Task ExamineAsync(IPage page, string view, bool phone)
    {
        await AccessibilityTests.ExamineAsync(page, view);
        if (phone)
            await PhoneTests.FitsAsync(page, view);
    }

    private static FilePayload[] Files() =>
    [
        Recordings.Speech.Named("speech.wav"), Recordings.Noise(1).Named("noise-1.wav"), Recordings.Noise(2).Named("noise-2.wav"),
        "no sound at all"u8.ToArray().Named("damaged.wav"),
    ];

    private static Task EndsAsync(IPage page) => Expect(page.GetByTestId("batch")).ToHaveAttributeAsync("data-state", "done");

    private static ILocator Row(IPage page, string name) => page.GetByTestId("item-row").Filter(new() { HasText = name });
}
