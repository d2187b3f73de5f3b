using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The user uploads a recording, the page shows its emotion.</summary>
public sealed class UploadTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Fact]
    public async Task Start_Speech_ShowsEmotionScoresLogAndJson()
    {
        var page = await OpenAsync(pages.Running);
        await Expect(page.GetByTestId("empty")).ToBeVisibleAsync();

        await page.RecognizeSpeechAsync();

        await Expect(page.GetByTestId("result-emotion")).ToHaveAttributeAsync("data-emotion", "neutral");
        await Expect(page.GetByTestId("result-emotion")).ToContainTextAsync("中性");
        await Expect(page.GetByTestId("result-emotion")).ToContainTextAsync("Neutral");
        await Expect(page.GetByTestId("result-confidence")).ToContainTextAsync(" %");
        await Expect(page.GetByTestId("announcement")).ToContainTextAsync("识别完成：中性");
        (await page.GetByTestId("scores").Locator("li").EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.emotion)"))
            .ShouldBe(EmotionNames.All.Select(emotion => emotion.Key()));
        await Expect(page.GetByTestId("log")).ToContainTextAsync("INFO: Received audio file: speech.wav");
        await Expect(page.GetByTestId("result-model")).ToHaveAttributeAsync("data-model", "compact");
        await page.SaveAsync("result-zh-light");
    }

    [Fact]
    public async Task Start_SeveralFiles_GivesAResultForEach()
    {
        var page = await OpenAsync(pages.Running);
        await page.ChooseAsync(
            Recordings.Speech.Named("first.wav"), Recordings.Noise(1).Named("second.wav"),
            Recordings.Speech.Named("third.wav"), Recordings.Noise(2).Named("fourth.wav"));
        await Expect(page.GetByTestId("start")).ToContainTextAsync("(4)");

        await page.StartAsync();

        await Expect(page.Locator("[data-testid=file-row][data-state=done]")).ToHaveCountAsync(4);
        await page.GetByTestId("file-row").Nth(1).GetByText("second.wav").ClickAsync();
        await Expect(page.GetByTestId("result-name")).ToHaveTextAsync("second.wav");
        await Expect(page.GetByTestId("log")).ToContainTextAsync("second.wav");
        await page.GetByTestId("clear-finished").ClickAsync();
        await Expect(page.GetByTestId("file-row")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Examples_EachPressedOnce_GiveTheEmotionsThatTheyName()
    {
        var page = await OpenAsync(pages.Running);
        await Expect(page.GetByTestId("example")).ToHaveCountAsync(5);

        for (var i = 0; i < 5; i++)
        {
            var example = page.GetByTestId("example").Nth(i);
            var emotion = await example.GetAttributeAsync("data-emotion");
            await example.ClickAsync();
            await Expect(page.GetByTestId("file-row").Nth(i)).ToHaveAttributeAsync("data-state", "done");
            await Expect(page.GetByTestId("result-emotion")).ToHaveAttributeAsync("data-emotion", new Regex(emotion ?? "."));
            await new Player(page).DurationAsync();
        }
        await page.SaveAsync("examples");
    }

    [Fact]
    public async Task FileName_WithHtml_IsShownAsText()
    {
        const string name = "<img src=x onerror=document.title='broken'><b>bold.wav";
        var page = await OpenAsync(pages.Running);

        await page.ChooseAsync(Recordings.Noise(1).Named(name));
        await page.StartAsync();

        await page.ReachAsync("done");
        await Expect(page.GetByTestId("file-row")).ToContainTextAsync(name);
        await Expect(page.GetByTestId("result-name")).ToHaveTextAsync(name);
        await Expect(page.GetByTestId("log")).ToContainTextAsync("<b>bold.wav");
        await page.GetByTestId("nav-history").ClickAsync();
        await Expect(page.GetByTestId("history-row").First).ToContainTextAsync("<b>bold.wav");
        (await page.Locator("img[src=x], b:text('bold')").CountAsync()).ShouldBe(0);
        (await page.TitleAsync()).ShouldNotBe("broken");
    }

    [Theory]
    [InlineData("drop", "new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })")]
    [InlineData("paste", "new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true })")]
    public async Task Files_DroppedOrPasted_AreListed(string how, string browserEvent)
    {
        var page = await OpenAsync(pages.Running);

        await page.GetByTestId("drop-area").EvaluateAsync(
            $$"""
            (area, name) => {
              const files = new DataTransfer()
              files.items.add(new File(['not empty'], name))
              area.dispatchEvent({{browserEvent}})
            }
            """,
            $"{how}.wav");

        await page.ReachAsync("ready");
        await Expect(page.GetByTestId("file-row")).ToContainTextAsync($"{how}.wav");
    }

    [Fact]
    public async Task File_DroppedOnTheHistory_IsListedOnTheStartPage()
    {
        var page = await OpenAsync(pages.Running, "#/history");
        var history = page.GetByTestId("history-total");

        await history.EvaluateAsync(Drag, "dragover");
        await Expect(page.GetByTestId("page-drop")).ToBeVisibleAsync();
        await page.SaveAsync("dragging");
        await history.EvaluateAsync(Drag, "drop");

        await Expect(page.GetByTestId("page-drop")).ToHaveCountAsync(0);
        await page.ReachAsync("ready");
        await Expect(page.GetByTestId("file-row")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("#/$"));
    }

    /// <summary>Dispatches an event of dragging a file to an element.</summary>
    private const string Drag =
        """
        (element, name) => {
          const files = new DataTransfer()
          files.items.add(new File(['not empty'], 'dropped.wav'))
          element.dispatchEvent(new DragEvent(name, { dataTransfer: files, bubbles: true, cancelable: true }))
        }
        """;
}
