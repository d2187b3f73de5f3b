using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Server.Tests.Live;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The live page: emotions during speech.</summary>
public sealed class LiveTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    /// <summary>Start, end and emotion of each segment.</summary>
    private const string ReadSegments =
        "all => all.map(({ dataset }) => [dataset.start, dataset.end, dataset.emotion].join(' '))";

    [Fact]
    public async Task Live_FakeDevice_ShowsPartialsSegmentsAndTheSummary()
    {
        var page = await OpenLiveAsync(pages.Running);
        var partial = page.GetByTestId("live-partial");
        await Expect(page.GetByTestId("live-state")).ToHaveAttributeAsync("data-state", "idle");
        await page.GetByTestId("live-hop").SelectOptionAsync("0.5");

        await page.GetByTestId("live-start").ClickAsync();

        await IsAsync(page, "running");
        await Expect(page.GetByTestId("live-model")).ToHaveAttributeAsync("data-model", "compact");
        await Expect(page.GetByTestId("live-hop")).ToBeDisabledAsync();
        await Expect(partial).ToHaveAttributeAsync("data-emotion", new Regex(".+"));
        var end = (await partial.GetAttributeAsync("data-end"))!;
        await Expect(partial).Not.ToHaveAttributeAsync("data-end", end);
        await Expect(page.GetByTestId("live-segment").First).ToBeVisibleAsync();
        (await DrawnAsync(page)).ShouldBeGreaterThan(2, "sound and emotions are drawn");
        await page.SaveAsync("live");
        await page.GetByTestId("live-stop").ClickAsync();
        await IsAsync(page, "done");
        await Expect(page.GetByTestId("result-emotion")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("scores")).ToHaveCountAsync(0);

        var summary = page.GetByTestId("live-summary");
        await Expect(summary).ToHaveAttributeAsync("data-dominant", new Regex(".+"));
        var processed = await NumberAsync(summary, "data-speech") + await NumberAsync(summary, "data-silence");
        processed.ShouldBe(await NumberAsync(page.GetByTestId("live-time"), "data-seconds"), 0.1);
        var segments = await page.GetByTestId("live-segment")
            .EvaluateAllAsync<double[][]>("all => all.map(({ dataset }) => [+dataset.start, +dataset.end])");
        await Expect(page.GetByTestId("live-count"))
            .ToHaveAttributeAsync("data-count", segments.Length.ToString(CultureInfo.InvariantCulture));
        segments.Sum(one => one[1] - one[0]).ShouldBe(await NumberAsync(summary, "data-speech"), 0.1);
        segments.Select(one => one[0]).ShouldBeInOrder(SortDirection.Descending);
        await Expect(page.GetByTestId("live-upload")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("error")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keep_TheRecording_AddsATimelineToTheHistory()
    {
        var server = await ServeAsync();
        var page = await OpenLiveAsync(server);
        await page.GetByTestId("live-keep").ClickAsync();
        await page.GetByTestId("live-start").ClickAsync();
        await Expect(page.GetByTestId("live-segment").First).ToBeVisibleAsync();
        // The session continues while another view is open.
        await page.GetByTestId("nav-history").ClickAsync();
        await Expect(page.GetByTestId("history-empty")).ToBeVisibleAsync();
        await page.GetByTestId("nav-live").ClickAsync();
        await IsAsync(page, "running");

        await page.GetByTestId("live-stop").ClickAsync();

        await IsAsync(page, "done");
        await page.GetByTestId("live-send").ClickAsync();
        await Expect(page.GetByTestId("live-upload")).ToHaveAttributeAsync("data-state", "done");
        var live = await page.GetByTestId("live-segment").EvaluateAllAsync<string[]>(ReadSegments);
        var seconds = await NumberAsync(page.GetByTestId("live-time"), "data-seconds");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("live-download").ClickAsync());
        download.SuggestedFilename.ShouldMatch(@"\.wav$");
        var wav = await File.ReadAllBytesAsync(await download.PathAsync());
        ((wav.Length - 44) / 2.0 / BitConverter.ToInt32(wav, 24)).ShouldBe(seconds, 0.01);
        await page.GetByTestId("live-open").ClickAsync();
        await Expect(page.GetByTestId("timeline")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("timeline-segment").First).ToBeVisibleAsync();
        (await page.GetByTestId("timeline-segment").EvaluateAllAsync<string[]>(ReadSegments))
            .ShouldBe(live.Reverse(), "final segments do not change");
        await page.GetByTestId("nav-history").ClickAsync();
        await Expect(page.GetByTestId("history-row")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("history-row")).ToContainTextAsync(download.SuggestedFilename);
        await page.GetByTestId("history-open").ClickAsync();
        await Expect(page.GetByTestId("timeline")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("zh-CN", "已有 1 路")]
    [InlineData("en-US", "The limit of 1 live streams is reached")]
    public async Task Server_AtItsLimit_ShowsAnErrorUntilAStreamCloses(string language, string words)
    {
        var server = await ServeAsync(settings: ("LiveStreams", "1"));
        var page = await OpenLiveAsync(server, options => options.Locale = language);
        ExpectProblem("429");
        using (var other = await LiveClient.StartAsync(server))
        {
            await page.GetByTestId("live-start").ClickAsync();

            await IsAsync(page, "failed");
            await Expect(page.GetByTestId("error")).ToHaveAttributeAsync("data-code", "live.too_many");
            await Expect(page.GetByTestId("error")).ToContainTextAsync(words);
            await other.SendAsync(LiveClient.End);
            await other.RestAsync();
        }
        var streams = server.Services.GetService(typeof(SpeechEmotion.Server.Live.LiveStreams)) as SpeechEmotion.Server.Live.LiveStreams;
        await Until.True(() => streams!.Open == 0);

        await page.GetByTestId("live-start").ClickAsync();

        await IsAsync(page, "running");
        await Expect(page.GetByTestId("error")).ToHaveCountAsync(0);
        await page.GetByTestId("live-stop").ClickAsync();
        await IsAsync(page, "done");
    }

    [Fact]
    public async Task Server_Stopped_ShowsTheSummaryAndTheReason()
    {
        var server = await ServeAsync();
        var page = await OpenLiveAsync(server);
        ExpectProblem("ERR_CONNECTION_REFUSED");
        await page.GetByTestId("live-keep").ClickAsync();
        await page.GetByTestId("live-start").ClickAsync();
        await Expect(page.GetByTestId("live-partial")).ToHaveAttributeAsync("data-emotion", new Regex(".+"));

        await server.StopAsync();

        await Expect(page.GetByTestId("live-summary")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("error")).ToHaveAttributeAsync("data-code", "server.stopping");
        await Expect(page.GetByTestId("live-send")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("live-download")).ToBeVisibleAsync();
        await page.GetByTestId("live-start").ClickAsync();
        await IsAsync(page, "failed");
        await Expect(page.GetByTestId("error")).ToContainTextAsync("无法连接");
    }

    [Theory]
    [InlineData("NotAllowedError", "在地址栏的网站设置里允许麦克风")]
    [InlineData("NotFoundError", "请接上麦克风")]
    public async Task Microphone_Refused_SaysWhatToDo(string error, string words)
    {
        var page = await OpenLiveAsync(pages.Running);
        await page.EvaluateAsync(
            "error => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', error)) }", error);

        await page.GetByTestId("live-start").ClickAsync();

        await IsAsync(page, "failed");
        await Expect(page.GetByTestId("error")).ToContainTextAsync(words);
        await Expect(page.GetByTestId("live-start")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Language_SwitchedDuringASession_TranslatesEverything()
    {
        var page = await OpenLiveAsync(pages.Running);
        await page.GetByTestId("live-start").ClickAsync();
        await Expect(page.GetByTestId("live-state")).ToContainTextAsync("正在");
        await Expect(page.GetByTestId("live-segment").First).ToBeVisibleAsync();

        await page.GetByTestId("lang-switch").ClickAsync();

        await Expect(page.GetByTestId("live-state")).ToContainTextAsync("Listening");
        (await page.GetByTestId("live-segment").First.InnerTextAsync()).ShouldNotMatch("[\u4e00-\u9fff]");
        await page.GetByTestId("live-stop").ClickAsync();
        await IsAsync(page, "done");
        (await page.Locator("main").InnerTextAsync()).ShouldNotMatch("[\u4e00-\u9fff]");
    }

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task Live_Examined_HasNoSeriousViolation(ColorScheme theme, bool phone)
    {
        var page = await OpenLiveAsync(pages.Running, options => AccessibilityTests.Shape(options, theme, phone));
        await AccessibilityTests.ExamineAsync(page, "idle");
        await page.GetByTestId("live-start").ClickAsync();
        await Expect(page.GetByTestId("live-segment").First).ToBeVisibleAsync();
        await page.GetByTestId("live-stop").ClickAsync();
        await Expect(page.GetByTestId("live-summary")).ToBeVisibleAsync();

        await AccessibilityTests.ExamineAsync(page, "done");
        if (phone)
        {
            await PhoneTests.FitsAsync(page, "live");
            await page.SaveAsync("live-phone-dark");
        }
    }

    /// <summary>Opens the live page with access to the fake microphone and a WebSocket to its own server.</summary>
    private async Task<IPage> OpenLiveAsync(RunningServer server, Action<BrowserNewContextOptions>? how = null)
    {
        var page = await OpenAsync(server, "#/live", options =>
        {
            options.Permissions = ["microphone"];
            how?.Invoke(options);
        });
        ExpectProblem($"^socket: {Regex.Escape(server.Url.Replace("http", "ws", StringComparison.Ordinal))}/api/v1/live$");
        return page;
    }

    private static Task IsAsync(IPage page, string state) =>
        Expect(page.GetByTestId("live-state")).ToHaveAttributeAsync("data-state", state);

    private static async Task<double> NumberAsync(ILocator element, string attribute) =>
        double.Parse((await element.GetAttributeAsync(attribute))!, CultureInfo.InvariantCulture);

    /// <summary>Number of colors in the waveform.</summary>
    private static Task<int> DrawnAsync(IPage page) => page.GetByTestId("live-wave").EvaluateAsync<int>(
        "canvas => new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size");
}
