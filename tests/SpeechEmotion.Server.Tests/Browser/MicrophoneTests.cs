using System.Globalization;
using System.Net.Sockets;
using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Server.Hosting;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>Recording in the page.</summary>
public sealed class MicrophoneTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Fact]
    public async Task Record_FakeDevice_MovesTheMeterAndGivesAResult()
    {
        var page = await OpenAsync(pages.Running, how: Allow);

        await page.GetByTestId("record-start").ClickAsync();

        var meter = page.GetByTestId("level-meter");
        await Expect(meter).Not.ToHaveAttributeAsync("aria-valuenow", "0");
        var level = (await meter.GetAttributeAsync("aria-valuenow"))!;
        await Expect(meter).Not.ToHaveAttributeAsync("aria-valuenow", level);
        await Expect(page.GetByRole(AriaRole.Timer)).Not.ToContainTextAsync("0:00.");
        await page.SaveAsync("recording");
        await page.GetByTestId("record-stop").ClickAsync();
        await page.GetByTestId("record-use").ClickAsync();
        await page.ReachAsync("ready");
        await Expect(page.GetByTestId("file-row")).ToContainTextAsync("录音_");
        await page.StartAsync();
        await page.ReachAsync("done");
        await Expect(page.GetByTestId("result-emotion")).ToBeVisibleAsync();
        await new Player(page).DurationAsync();
    }

    [Fact]
    public async Task Record_PausedAndTrimmed_ListsWhatIsLeft()
    {
        var page = await OpenAsync(pages.Running, how: Allow);
        await page.GetByTestId("record-start").ClickAsync();
        await Expect(page.GetByTestId("record-device").Locator("option")).Not.ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Timer)).Not.ToContainTextAsync("0:00.");
        await page.GetByTestId("record-pause").ClickAsync();
        await Expect(page.GetByTestId("level-meter")).ToHaveAttributeAsync("aria-valuenow", "0");
        await page.GetByTestId("record-pause").ClickAsync();
        await Expect(page.GetByTestId("level-meter")).Not.ToHaveAttributeAsync("aria-valuenow", "0");
        await page.GetByTestId("record-stop").ClickAsync();
        var trim = page.GetByTestId("record-trim");
        var whole = await SecondsAsync();

        for (var i = 0; i < 3; i++)
            await page.GetByTestId("record-trim-start").PressAsync("ArrowRight");
        await page.GetByTestId("record-trim-end").PressAsync("PageDown");

        var left = await SecondsAsync();
        left.ShouldBeLessThan(whole - 0.3);
        await page.SaveAsync("trimming");
        await page.GetByTestId("record-use").ClickAsync();
        await page.ReachAsync("ready");
        (await new Player(page).DurationAsync()).ShouldBe(left, 0.01);

        async Task<double> SecondsAsync() =>
            double.Parse((await trim.GetAttributeAsync("data-seconds"))!, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Record_Discarded_ListsNothing()
    {
        var page = await OpenAsync(pages.Running, how: Allow);
        await page.GetByTestId("record-start").ClickAsync();
        await page.GetByTestId("record-discard").ClickAsync();
        await page.GetByTestId("record-start").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).Not.ToContainTextAsync("0:00.");
        await page.GetByTestId("record-stop").ClickAsync();
        await page.GetByTestId("record-discard").ClickAsync();

        await Expect(page.GetByTestId("record-start")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("file-row")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("NotAllowedError", "在地址栏的网站设置里允许麦克风")]
    [InlineData("NotFoundError", "请接上麦克风")]
    public async Task Record_Refused_SaysWhatToDo(string error, string words)
    {
        var page = await OpenAsync(pages.Running);
        await page.EvaluateAsync(
            "error => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', error)) }", error);

        await page.GetByTestId("record-start").ClickAsync();

        await Expect(page.GetByTestId("error")).ToContainTextAsync(words);
        await Expect(page.GetByTestId("record-start")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Record_OverPlainHttp_SaysWhyNotAndWhatToDo()
    {
        var address = MachineAddresses.All().FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork);
        Assert.SkipWhen(address is null, "This machine has no address but loopback.");
        var server = await ServeAsync(settings: ("Host", "0.0.0.0"));

        var page = await OpenAsync(server, host: address!.ToString());

        await Expect(page.GetByTestId("record-unavailable")).ToContainTextAsync("--https");
        await Expect(page.GetByTestId("record-unavailable")).ToContainTextAsync("localhost");
        await Expect(page.GetByTestId("record-start")).ToHaveCountAsync(0);
        await page.RecognizeSpeechAsync();
    }

    private static void Allow(BrowserNewContextOptions options) => options.Permissions = ["microphone"];
}
