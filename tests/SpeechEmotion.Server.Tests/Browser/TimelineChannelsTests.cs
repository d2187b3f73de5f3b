using System.Globalization;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The timeline of separate channels, and its absence for a clip that is analyzed as a whole.</summary>
public sealed class TimelineChannelsTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Fact]
    public async Task Channels_SplitWithRoles_HaveABandEach()
    {
        var page = await OpenAsync(pages.Running);
        var (one, other) = (Recordings.Talk(2), Recordings.Talk(1));
        var begin = one.Length - other.Length;
        var stereo = one.SelectMany((sample, i) => new[] { sample, i >= begin ? other[i - begin] : (short)0 });
        await page.ChooseAsync(Recordings.Wav([.. stereo], channels: 2).Named("call.wav"));
        await page.GetByTestId("advanced").Locator("summary").ClickAsync();
        await page.GetByTestId("segments").SelectOptionAsync("always");
        await Expect(page.GetByTestId("role-0")).ToHaveCountAsync(0);
        await page.GetByTestId("channels").SelectOptionAsync("split");
        await page.GetByTestId("role-0").FillAsync("王女士");
        await page.GetByTestId("role-1").FillAsync("Anna, desk 7");

        await page.StartAsync();
        await page.ReachAsync("done");
        await page.TimelineShownAsync();

        var bands = page.GetByTestId("timeline-band");
        await Expect(bands).ToHaveCountAsync(2);
        await Expect(bands.Nth(0)).ToHaveAttributeAsync("data-role", "王女士");
        await Expect(bands.Nth(1)).ToHaveAttributeAsync("data-role", "Anna  desk 7");
        var counts = await Task.WhenAll(Enumerable.Range(0, 2).Select(
            async i => int.Parse((await bands.Nth(i).GetAttributeAsync("data-segments"))!, CultureInfo.InvariantCulture)));
        counts[1].ShouldBeGreaterThan(0);
        counts[0].ShouldBeGreaterThan(counts[1], "the first channel has twice as much speech");
        await Expect(page.GetByTestId("timeline-channel-summary")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("timeline-channel-summary").Nth(0)).ToContainTextAsync("王女士");
        await page.GetByTestId("timeline-filter-channel").SelectOptionAsync("1");
        await Expect(page.GetByTestId("timeline-count")).ToHaveAttributeAsync(
            "data-count", counts[1].ToString(CultureInfo.InvariantCulture));
        await Expect(page.Locator("[data-testid=timeline-segment]:not([data-channel='1'])")).ToHaveCountAsync(0);
        await page.SaveAsync("timeline-channels");
    }

    [Fact]
    public async Task Clip_AnalyzedWhole_HasNoTimeline()
    {
        var page = await OpenAsync(pages.Running);

        await page.RecognizeSpeechAsync();
        await new Player(page).DurationAsync();

        foreach (var part in (string[])["timeline", "timeline-summary", "timeline-segment", "timeline-export-srt"])
            await Expect(page.GetByTestId(part)).ToHaveCountAsync(0);
        (await page.GetByTestId("json").TextContentAsync())!.ShouldNotContain("\"timeline\"");
    }
}
