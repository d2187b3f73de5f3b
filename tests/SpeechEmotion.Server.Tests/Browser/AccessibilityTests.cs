using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>axe-core finds nothing serious on any view, in either theme, wide or narrow.</summary>
public sealed class AccessibilityTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    private static readonly string Axe = Path.Combine(Repository.Root, "web", "node_modules", "axe-core", "axe.min.js");

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task EachView_Examined_HasNoSeriousViolation(ColorScheme theme, bool phone)
    {
        var page = await OpenAsync(pages.Running, how: options => Shape(options, theme, phone));
        await Expect(page.GetByTestId("model-badge")).ToBeVisibleAsync();
        await ExamineAsync(page, "empty");
        await page.RecognizeSpeechAsync();
        await ExamineAsync(page, "result");
        if (phone)
            await page.GetByTestId("show-form").ClickAsync();
        await page.GetByTestId("granularity-frame").ClickAsync();
        await page.StartAsync();
        await Expect(page.GetByTestId("chart").Locator("canvas")).ToBeVisibleAsync();
        await ExamineAsync(page, "frame result");
        await page.ChooseAsync("not audio data"u8.ToArray().Named("corrupt.wav"));
        // The result gives way to an empty one, which moves the button on a phone. A press that begins before the move is no click.
        await page.GetByTestId("start").PressAsync("Enter");
        await Expect(page.GetByTestId("error")).ToBeVisibleAsync();
        await ExamineAsync(page, "error");
        await page.GetByTestId("nav-history").ClickAsync();
        await Expect(page.GetByTestId("history-row").First).ToBeVisibleAsync();
        await ExamineAsync(page, "history");
    }

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task Login_Examined_HasNoSeriousViolation(ColorScheme theme, bool phone)
    {
        var server = await ServeAsync(settings: [("Auth:0", "anna:right horse"), ("ApiKey:0", "key-0123456789")]);
        var page = await OpenAsync(server, how: options => Shape(options, theme, phone));
        await Expect(page.GetByTestId("login")).ToBeVisibleAsync();
        await ExamineAsync(page, "login");
    }

    internal static void Shape(BrowserNewContextOptions options, ColorScheme theme, bool phone)
    {
        if (phone)
            PhoneTests.Phone(options);
        options.ColorScheme = theme;
        // Colors in the middle of a transition are not part of the design.
        options.ReducedMotion = ReducedMotion.Reduce;
    }

    /// <summary>Fails if a view has a serious violation.</summary>
    internal static async Task ExamineAsync(IPage page, string view)
    {
        File.Exists(Axe).ShouldBeTrue("scripts/build-web.sh installs axe-core");
        await page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
        var violations = await page.EvaluateAsync<string[]>(
            """
            async () => {
              // A paused animation, as in hidden content, never ends.
              await Promise.race([
                Promise.all(document.getAnimations().filter(a => a.effect.getComputedTiming().iterations !== Infinity)
                  .map(a => a.finished.catch(() => {}))),
                new Promise(resolve => setTimeout(resolve, 5000))
              ])
              const { violations } = await axe.run(document, { resultTypes: ['violations'] })
              return violations.filter(v => ['serious', 'critical'].includes(v.impact))
                .flatMap(v => v.nodes.map(node => `${v.id}: ${node.html} ${node.failureSummary}`))
            }
            """).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        violations.ShouldBeEmpty(view);
    }
}
