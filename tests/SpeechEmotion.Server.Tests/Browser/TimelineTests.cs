using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The timeline: segments of speech and their emotions, below the waveform and as a table.</summary>
public sealed class TimelineTests(Chromium chromium, TalkServer talk) : PageTests(chromium), IClassFixture<TalkServer>
{
    private const int PageSize = 20;

    /// <summary>Start, end and emotion of each visible row.</summary>
    private const string ReadRows =
        "rows => rows.map(({ dataset }) => [dataset.start, dataset.end, dataset.emotion].join(' '))";

    /// <summary>Clicks the element, then records each position of the player until playback has started and stopped.</summary>
    private const string PlayToTheEnd =
        """
        act => new Promise(done => {
          const seconds = () => +document.querySelector('[data-testid=player-time]').dataset.seconds
          const button = document.querySelector('[data-testid=play]')
          const resting = button.getAttribute('aria-label')
          const seen = []
          let played = false
          const look = () => {
            const playing = button.getAttribute('aria-label') !== resting
            if (playing) seen.push(seconds())
            played ||= playing
            if (played && !playing) done([...seen, seconds()])
            else requestAnimationFrame(look)
          }
          act.click()
          look()
        })
        """;

    [Fact]
    public async Task Upload_LongRecording_ShowsTheTimelineOfTheServer()
    {
        var page = await OpenAsync(talk.Running);

        await page.ChooseAsync(TalkServer.Talk.Named("conversation.wav"));
        await page.StartAsync();
        await page.ReachAsync("done");
        await page.TimelineShownAsync();

        var timeline = await talk.TimelineAsync(await NewestAsync(talk.Running));
        var segments = timeline.GetProperty("segments").EnumerateArray().ToArray();
        segments.Length.ShouldBeInRange(PageSize + 1, 2 * PageSize);
        await Expect(page.GetByTestId("timeline-band")).ToHaveAttributeAsync("data-segments", Text(segments.Length));
        await Expect(page.GetByTestId("timeline-count")).ToHaveAttributeAsync("data-count", Text(segments.Length));
        (await RowsAsync(page)).ShouldBe(segments.Take(PageSize).Select(Row));
        await IsSummaryAsync(page.GetByTestId("timeline-summary"), timeline.GetProperty("summary"));
        var transitions = timeline.GetProperty("transitions").EnumerateArray().ToArray();
        transitions.ShouldNotBeEmpty();
        await page.GetByTestId("timeline-transitions").Locator("summary").ClickAsync();
        (await page.GetByTestId("timeline-transition").EvaluateAllAsync<string[]>(
            "rows => rows.map(({ dataset }) => [dataset.time, dataset.from, dataset.to].join(' '))"))
            .ShouldBe(transitions.Select(
                one => $"{one.GetProperty("time").GetRawText()} {one.GetProperty("from")} {one.GetProperty("to")}"));
        await page.GetByTestId("timeline-transitions").Locator("summary").ClickAsync();
        var summary = timeline.GetProperty("summary");
        await Expect(page.GetByTestId("result-emotion"))
            .ToHaveAttributeAsync("data-emotion", summary.GetProperty("dominant").GetString()!);
        await Expect(page.GetByTestId("result-emotion")).ToContainTextAsync("为主");
        await Expect(page.GetByTestId("result-counts")).ToHaveTextAsync($"{segments.Length} 段，{transitions.Length} 次变化");
        await page.SaveAsync("timeline");

        await page.GetByTestId("timeline-pages").GetByText("2", new() { Exact = true }).ClickAsync();

        await Expect(page.GetByTestId("timeline-segment")).ToHaveCountAsync(segments.Length - PageSize);
        (await RowsAsync(page)).ShouldBe(segments.Skip(PageSize).Select(Row));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Row_Clicked_PlaysOnlyItsSegment(int index)
    {
        var page = await OpenTalkAsync();
        var (start, end) = Times(talk.Segments[index]);
        var row = page.GetByTestId("timeline-segment").Nth(index);

        var seen = await row.EvaluateAsync<double[]>(PlayToTheEnd)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        // The machine decides how far playback gets between two frames. wavesurfer pauses behind the end and sets the position
        // back to it; a frame may show that position before the browser reports the pause.
        seen[0].ShouldBeInRange(start - 0.05, (start + end) / 2);
        seen[^1].ShouldBe(end, 0.2);
        seen.Where(position => position < end - 0.01).ShouldBeInOrder();
        await Expect(row).ToHaveAttributeAsync("aria-current", "true");
        await Expect(row.GetByTestId("timeline-play")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Band_Clicked_PlaysTheSegmentUnderIt()
    {
        var page = await OpenTalkAsync();
        var (start, end) = Times(talk.Segments[2]);
        var band = page.GetByTestId("timeline-band");
        var box = (await band.BoundingBoxAsync())!;
        var duration = await new Player(page).DurationAsync();

        await band.ClickAsync(new() { Position = new() { X = (float)(box.Width * (start + end) / 2 / duration), Y = box.Height / 2 } });

        await Expect(page.GetByTestId("timeline-segment").Nth(2)).ToHaveAttributeAsync("aria-current", "true");
        await page.WaitForFunctionAsync(
            """
            ([start, end]) => {
              const now = +document.querySelector('[data-testid=player-time]').dataset.seconds
              return now >= start && now <= end + 0.2
            }
            """,
            new[] { start, end });
    }

    [Fact]
    public async Task Zoom_InOutAndAll_ShowsAPartThatFollowsTheSelection()
    {
        var page = await OpenTalkAsync();
        var zoom = page.GetByTestId("timeline-zoom");
        await Expect(zoom).ToHaveAttributeAsync("data-zoom", "1.00");
        await Expect(page.GetByTestId("timeline-zoom-out")).ToBeDisabledAsync();

        await page.GetByTestId("timeline-zoom-in").ClickAsync();
        await Expect(zoom).ToHaveAttributeAsync("data-zoom", "2.00");
        await Expect(page.GetByTestId("timeline-overview")).ToBeVisibleAsync();
        await page.GetByTestId("timeline-zoom-in").ClickAsync();
        await Expect(zoom).ToHaveAttributeAsync("data-zoom", "4.00");
        (await FrameAsync(page)).Width.ShouldBe(0.25, 0.01);
        await page.GetByTestId("timeline-play").First.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await ShowsAsync(page, talk.Segments[^1]);
        await page.Keyboard.PressAsync("Home");
        await ShowsAsync(page, talk.Segments[0]);
        await page.GetByTestId("timeline-zoom-out").ClickAsync();
        await Expect(zoom).ToHaveAttributeAsync("data-zoom", "2.00");
        await page.GetByTestId("timeline-zoom-all").ClickAsync();

        await Expect(zoom).ToHaveAttributeAsync("data-zoom", "1.00");
        await Expect(page.GetByTestId("timeline-overview")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task FilterAndSort_OneByOne_ShowTheMatchingRows()
    {
        var page = await OpenTalkAsync();
        var segments = talk.Segments;
        var emotions = segments.Select(Emotion).Distinct().ToArray();
        emotions.Length.ShouldBeGreaterThan(1, "there is something to filter");
        var filter = page.GetByTestId("timeline-filter-emotion");
        (await filter.Locator("option").EvaluateAllAsync<string[]>("all => all.map(one => one.value).filter(Boolean)"))
            .ShouldBe(emotions, ignoreOrder: true);

        foreach (var emotion in emotions)
        {
            await filter.SelectOptionAsync(emotion);
            var fitting = segments.Where(segment => Emotion(segment) == emotion).ToArray();
            await Expect(page.GetByTestId("timeline-count")).ToHaveAttributeAsync("data-count", Text(fitting.Length));
            (await RowsAsync(page)).ShouldBe(fitting.Take(PageSize).Select(Row));
        }
        await filter.SelectOptionAsync("");
        await SortsAsync("confidence", "descending", segments.OrderByDescending(Confidence));
        await SortsAsync("confidence", "ascending", segments.OrderBy(Confidence));
        await SortsAsync("time", "ascending", segments);
        await SortsAsync("time", "descending", segments.Reverse());
        await page.GetByTestId("timeline-sort-emotion").ClickAsync();
        await Expect(HeadingOf("emotion")).ToHaveAttributeAsync("aria-sort", "ascending");
        await Expect(HeadingOf("time")).Not.ToHaveAttributeAsync("aria-sort", "descending");
        var seen = (await RowsAsync(page)).Select(row => row.Split(' ')[2]).ToArray();
        seen.Zip(seen.Skip(1)).Count(pair => pair.First != pair.Second)
            .ShouldBe(seen.Distinct().Count() - 1, "equal emotions are adjacent");

        ILocator HeadingOf(string key) => page.Locator("th").Filter(new() { Has = page.GetByTestId($"timeline-sort-{key}") });

        async Task SortsAsync(string key, string direction, IEnumerable<JsonElement> expected)
        {
            await page.GetByTestId($"timeline-sort-{key}").ClickAsync();
            await Expect(HeadingOf(key)).ToHaveAttributeAsync("aria-sort", direction);
            (await RowsAsync(page)).ShouldBe(expected.Take(PageSize).Select(Row));
        }
    }

    [Fact]
    public async Task Keys_OnTheTable_MoveAcrossPagesAndPlay()
    {
        var page = await OpenTalkAsync();
        var segments = talk.Segments;
        await page.GetByTestId("timeline-play").First.FocusAsync();

        await PressAsync("ArrowDown", 1);
        await PressAsync("ArrowDown", 2);
        await PressAsync("ArrowUp", 1);
        await PressAsync("PageDown", 11);
        await PressAsync("PageDown", 21);
        await PressAsync("ArrowUp", 20);
        await PressAsync("ArrowUp", 19);
        await PressAsync("End", segments.Length - 1);
        await PressAsync("ArrowDown", segments.Length - 1);
        await PressAsync("Home", 0);
        (await page.GetByTestId("timeline-play").EvaluateAllAsync<int>("all => all.filter(one => one.tabIndex === 0).length")).ShouldBe(1);
        await PressAsync("ArrowDown", 1);
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForFunctionAsync(
            "start => +document.querySelector('[data-testid=player-time]').dataset.seconds > start", Times(segments[1]).Start);

        async Task PressAsync(string key, int index)
        {
            await page.Keyboard.PressAsync(key);
            var row = page.Locator($"[data-testid=timeline-segment][data-start='{segments[index].GetProperty("start").GetRawText()}']");
            await Expect(row).ToHaveAttributeAsync("aria-current", "true");
            await Expect(row.GetByTestId("timeline-play")).ToBeFocusedAsync();
        }
    }

    [Theory]
    [InlineData("zh-CN", "zh")]
    [InlineData("en-US", "en")]
    public async Task Exports_EachFormat_IsTheServersFile(string browser, string language)
    {
        var page = await OpenTalkAsync(options => options.Locale = browser);
        (string Format, string File, string Begin)[] formats =
        [
            ("csv", "timeline.csv", "channel,role,start"), ("srt", "timeline.srt", "1\n00:00:0"), ("vtt", "timeline.vtt", "WEBVTT"),
            ("textgrid", "timeline.TextGrid", "File type = \"ooTextFile\""), ("audacity", "timeline.txt", "0."),
            ("json", "timeline.json", "{"),
        ];
        foreach (var (format, file, begin) in formats)
        {
            var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId($"timeline-export-{format}").ClickAsync());

            download.SuggestedFilename.ShouldBe($"talk_{file}");
            var content = await File.ReadAllTextAsync(await download.PathAsync());
            content.ShouldStartWith(begin);
            using var served = await talk.Running.GetAsync($"/api/v1/recognitions/{talk.Id}/timeline?format={format}&language={language}");
            content.ShouldBe(await served.TextAsync());
            if (format is "srt" or "vtt" or "audacity")
                content.Any(letter => letter is >= '\u4e00' and <= '\u9fff').ShouldBe(language == "zh", format);
        }
    }

    [Fact]
    public async Task Language_Switched_TranslatesTheEmotions()
    {
        var page = await OpenTalkAsync();
        var exported = page.GetByTestId("timeline-export-srt");
        await Expect(page.GetByTestId("timeline-count")).ToHaveTextAsync($"共 {talk.Segments.Length} 段");
        await Expect(exported).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("language=zh$"));

        await page.GetByTestId("lang-switch").ClickAsync();

        await Expect(page.GetByTestId("timeline-count")).ToHaveTextAsync($"{talk.Segments.Length} segments");
        await Expect(exported).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("language=en$"));
        foreach (var part in (string[])["timeline", "timeline-summary", "timeline-transitions"])
            (await page.GetByTestId(part).InnerTextAsync()).ShouldNotMatch("[\u4e00-\u9fff]");
        (await page.Locator("table").InnerTextAsync()).ShouldNotMatch("[\u4e00-\u9fff]");
    }

    [Theory]
    [InlineData(ColorScheme.Light, false, "")]
    [InlineData(ColorScheme.Dark, false, "timeline-dark")]
    [InlineData(ColorScheme.Light, true, "timeline-phone")]
    [InlineData(ColorScheme.Dark, true, "")]
    public async Task Timeline_Examined_HasNoSeriousViolation(ColorScheme theme, bool phone, string picture)
    {
        var page = await OpenTalkAsync(options => AccessibilityTests.Shape(options, theme, phone));
        await AccessibilityTests.ExamineAsync(page, "timeline");

        await page.GetByTestId("timeline-zoom-in").ClickAsync();
        await page.GetByTestId("timeline-play").Nth(1).ClickAsync();
        await page.GetByTestId("timeline-transitions").Locator("summary").ClickAsync();
        await Expect(page.GetByTestId("timeline-overview")).ToBeVisibleAsync();

        await AccessibilityTests.ExamineAsync(page, "zoomed");
        if (phone)
            await PhoneTests.FitsAsync(page, "timeline");
        if (picture != "")
            await page.SaveAsync(picture);
    }

    private async Task<IPage> OpenTalkAsync(Action<BrowserNewContextOptions>? how = null)
    {
        var page = await OpenAsync(talk.Running, $"#/recognitions/{talk.Id}", how);
        await page.TimelineShownAsync();
        return page;
    }

    private static async Task<string> NewestAsync(RunningServer server)
    {
        using var history = await server.GetAsync("/api/v1/recognitions?page_size=1");
        return (await history.JsonAsync()).GetProperty("items")[0].GetProperty("id").GetString()!;
    }

    /// <summary>Checks that the texts, the ring and the attributes of a summary match the server.</summary>
    private static async Task IsSummaryAsync(ILocator panel, JsonElement summary)
    {
        await Expect(panel).ToHaveAttributeAsync("data-dominant", summary.GetProperty("dominant").GetString()!);
        await Expect(panel).ToHaveAttributeAsync("data-speech", summary.GetProperty("speech").GetRawText());
        await Expect(panel).ToHaveAttributeAsync("data-silence", summary.GetProperty("silence").GetRawText());
        var shares = summary.GetProperty("shares").EnumerateObject().Select(share => (share.Name, Share: share.Value.GetDouble()))
            .Where(one => one.Share > 0).OrderByDescending(one => one.Share).ToArray();
        var listed = panel.Locator("li");
        (await listed.EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.emotion)")).ShouldBe(shares.Select(one => one.Name));
        var ring = (await panel.GetByRole(AriaRole.Img).First.GetAttributeAsync("aria-label"))!;
        foreach (var (words, (_, share)) in (await listed.AllInnerTextsAsync()).Zip(shares))
        {
            var percent = (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
            words.ShouldContain(percent);
            ring.ShouldContain(percent);
        }
    }

    /// <summary>Waits until the waveform shows a segment.</summary>
    private static async Task ShowsAsync(IPage page, JsonElement segment)
    {
        var (start, end) = Times(segment);
        var duration = await new Player(page).DurationAsync();
        await page.WaitForFunctionAsync(
            """
            ([start, end]) => {
              const { style } = document.querySelector('[data-testid=timeline-overview] .frame')
              const left = parseFloat(style.left) / 100
              return left <= start + 0.01 && left + parseFloat(style.width) / 100 >= end - 0.01
            }
            """,
            new[] { start / duration, end / duration });
    }

    /// <summary>The visible part of the recording, as shares of its duration.</summary>
    private static async Task<(double Left, double Width)> FrameAsync(IPage page)
    {
        var frame = await page.GetByTestId("timeline-overview").Locator(".frame").EvaluateAsync<double[]>(
            "({ style }) => [parseFloat(style.left) / 100, parseFloat(style.width) / 100]");
        return (frame[0], frame[1]);
    }

    private static Task<string[]> RowsAsync(IPage page) => page.GetByTestId("timeline-segment").EvaluateAllAsync<string[]>(ReadRows);

    private static string Row(JsonElement segment) =>
        $"{segment.GetProperty("start").GetRawText()} {segment.GetProperty("end").GetRawText()} {Emotion(segment)}";

    private static string Emotion(JsonElement segment) => segment.GetProperty("emotion").GetString()!;

    private static double Confidence(JsonElement segment) => segment.GetProperty("confidence").GetDouble();

    private static (double Start, double End) Times(JsonElement segment) =>
        (segment.GetProperty("start").GetDouble(), segment.GetProperty("end").GetDouble());

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
