using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The emotion over the course of a recording, and the position of the player.</summary>
public sealed class FrameTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    private const string Drawing = "document.querySelector('[data-testid=chart] canvas').toDataURL()";

    [Fact]
    public async Task Start_FrameMode_ShowsBandLegendAndChart()
    {
        var page = await OpenAsync(pages.Running);
        await page.GetByTestId("granularity-frame").ClickAsync();

        await page.RecognizeSpeechAsync();

        await Expect(page.GetByTestId("band").Locator(".segment")).Not.ToHaveCountAsync(0);
        await Expect(page.GetByTestId("band-legend").Locator("li")).Not.ToHaveCountAsync(0);
        await Expect(page.GetByTestId("chart").Locator("canvas")).ToBeVisibleAsync();
        var shares = await page.GetByTestId("band-legend").Locator("li").AllInnerTextsAsync();
        shares.Sum(share => double.Parse(share.Split(' ')[^2], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(100, 1);
        var drawn = await page.GetByTestId("chart").Locator("canvas").EvaluateAsync<int>(
            "canvas => new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size");
        drawn.ShouldBeGreaterThan(3, "the chart has areas of several colors");
        await Expect(page.GetByTestId("band-title")).ToContainTextAsync("1 秒平滑");
        await Expect(page.GetByTestId("chart-title")).ToContainTextAsync("1 秒平滑");
        await Expect(page.GetByTestId("result-emotion")).ToContainTextAsync("整段录音");
        await page.SaveAsync("frame-zh-light");
    }

    [Fact]
    public async Task Legend_EntersOfAnEmotion_HideItInTheChartAndShowItAgain()
    {
        await OpenFrameResultAsync();
        var emotion = Page.GetByTestId("chart-legend").Locator("[data-emotion=neutral]");
        await Expect(emotion).ToHaveAttributeAsync("aria-pressed", "true");
        var whole = await Page.EvaluateAsync<string>(Drawing);

        await emotion.PressAsync("Enter");

        await Expect(emotion).ToHaveAttributeAsync("aria-pressed", "false");
        await Page.WaitForFunctionAsync($"whole => {Drawing} !== whole", whole);
        await emotion.PressAsync("Enter");
        await Page.WaitForFunctionAsync($"whole => {Drawing} === whole", whole);
    }

    [Theory]
    [InlineData("waveform")]
    [InlineData("band")]
    [InlineData("chart")]
    public async Task Click_InEach_MovesPlayerAndAllCursors(string part)
    {
        var player = await OpenFrameResultAsync();
        var duration = await player.DurationAsync();

        foreach (var share in (double[])[0.75, 0.25, 0.5])
        {
            await player.ClickAsync(part, share);
            await player.IsAtAsync(share * duration);
        }
    }

    [Fact]
    public async Task Play_ThenClick_AllCursorsContinueFromThere()
    {
        // The recording must not end during the clicks.
        var player = await OpenFrameResultAsync(Recordings.Wav(Recordings.Talk(4)));
        var duration = await player.DurationAsync();

        await player.ToggleAsync();
        var (first, last) = await player.MovesAsync(8);
        last.ShouldBeGreaterThan(first);

        foreach (var part in (string[])["chart", "band", "waveform"])
        {
            await player.ClickAsync(part, 0.2);
            (first, last) = await player.MovesAsync(4);
            last.ShouldBeInRange(0.2 * duration, duration);
        }
        await player.ToggleAsync();
        await Expect(Page.GetByTestId("play")).ToHaveAttributeAsync("aria-label", "播放");
    }

    [Fact]
    public async Task Keys_OnTheWaveform_MoveAndPlay()
    {
        var player = await OpenFrameResultAsync();
        var duration = await player.DurationAsync();
        var waveform = Page.GetByTestId("waveform");

        await waveform.PressAsync("ArrowRight");
        await player.IsAtAsync(0.5);
        await waveform.PressAsync("End");
        await player.IsAtAsync(duration);
        await waveform.PressAsync("Home");
        await player.IsAtAsync(0);
        await waveform.PressAsync(" ");
        await Expect(Page.GetByTestId("play")).ToHaveAttributeAsync("aria-label", "暂停");
        await player.MovesAsync(2);
    }

    private Microsoft.Playwright.IPage Page { get; set; } = null!;

    private async Task<Player> OpenFrameResultAsync(byte[]? recording = null)
    {
        var id = await pages.Running.SubmitAsync(recording ?? Recordings.Speech, "frames.wav", ("granularity", "frame"));
        (await pages.Running.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
        Page = await OpenAsync(pages.Running, $"#/recognitions/{id}");
        await Expect(Page.GetByTestId("chart").Locator("canvas")).ToBeVisibleAsync();
        return new(Page);
    }
}
