using System.Globalization;
using Microsoft.Playwright;
using Shouldly;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The player of a frame result, and everything that shows its position.</summary>
internal sealed class Player(IPage page)
{
    /// <summary>Seconds of player, band and chart, then the share of the width at which each of the three cursors is drawn.</summary>
    private const string Read =
        """
        const of = id => document.querySelector(`[data-testid=${id}]`)
        const share = element => parseFloat(element.style.left) / 100
        const read = () => [
          +of('player-time').dataset.seconds, +of('band-cursor').dataset.seconds, +of('chart').dataset.cursorSeconds,
          share(of('waveform').firstElementChild.shadowRoot.querySelector('[part=cursor]')), share(of('band-cursor')),
          share(of('chart').querySelector('.cursor')),
        ]
        """;

    /// <summary>Gets the duration in seconds, which is known once the waveform is loaded.</summary>
    public async Task<double> DurationAsync()
    {
        var time = page.GetByTestId("player-time");
        await Expect(time).Not.ToHaveAttributeAsync("data-duration", "0.000");
        return double.Parse((await time.GetAttributeAsync("data-duration"))!, CultureInfo.InvariantCulture);
    }

    public Task ToggleAsync() => page.GetByTestId("play").ClickAsync();

    /// <summary>Clicks into the waveform, the band or the chart.</summary>
    /// <param name="part">Which of them.</param>
    /// <param name="share">Where, as a share of its width.</param>
    public async Task ClickAsync(string part, double share)
    {
        var element = page.GetByTestId(part);
        await element.ScrollIntoViewIfNeededAsync();
        var box = (await element.BoundingBoxAsync())!;
        await element.ClickAsync(new() { Position = new() { X = (float)(box.Width * share), Y = box.Height / 3 } });
    }

    /// <summary>Waits until the player has reached a position, and checks that every part shows it.</summary>
    public async Task IsAtAsync(double seconds, double tolerance = 0.03)
    {
        await page.WaitForFunctionAsync(
            $"([seconds, tolerance]) => {{ {Read}; return Math.abs(read()[0] - seconds) <= tolerance }}", new[] { seconds, tolerance });
        ShouldBeInStep(await page.EvaluateAsync<double[]>($"() => {{ {Read}; return read() }}"), await DurationAsync());
    }

    /// <summary>Waits for a number of changes of the position and checks each. Returns the first and the last position.</summary>
    public async Task<(double First, double Last)> MovesAsync(int changes)
    {
        var reads = await page.EvaluateAsync<double[][]>(
            $$"""
            changes => new Promise(done => {
              {{Read}}
              const reads = [read()]
              const look = () => {
                const now = read()
                if (now[0] !== reads.at(-1)[0]) reads.push(now)
                if (reads.length > changes) done(reads)
                else requestAnimationFrame(look)
              }
              look()
            })
            """,
            changes).WaitAsync(TimeSpan.FromMinutes(1));
        var duration = await DurationAsync();
        foreach (var read in reads)
            ShouldBeInStep(read, duration);
        return (reads[0][0], reads[^1][0]);
    }

    private static void ShouldBeInStep(double[] read, double duration)
    {
        read[1].ShouldBe(read[0]);
        read[2].ShouldBe(read[0]);
        foreach (var share in read[3..])
            share.ShouldBe(read[0] / duration, 0.01);
    }
}
