using Microsoft.Playwright;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(SpeechEmotion.Server.Tests.Browser.Chromium))]

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>
/// Debian's Chromium without a window, launched for the first page and shared by all tests. Its microphone plays
/// <see cref="Recordings.SpeechPath"/>, over and over.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>The shell shows the same pages as the whole browser in half the time.</summary>
    private static readonly string[] Programs = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    /// <summary>Timeout of a wait in milliseconds, long enough for a slow machine.</summary>
    private const float Patience = 60_000;

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _running = new(LaunchAsync);

    /// <summary>Opens a new profile: no stored data, Chinese, light, 1280 x 900.</summary>
    /// <param name="how">Changes these options.</param>
    internal async Task<IBrowserContext> OpenAsync(Action<BrowserNewContextOptions>? how = null)
    {
        var options = new BrowserNewContextOptions
        {
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ColorScheme = ColorScheme.Light,
            ViewportSize = new() { Width = 1280, Height = 900 },
        };
        how?.Invoke(options);
        var context = await (await _running.Value).Browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated)
            return;
        var (playwright, browser) = await _running.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> LaunchAsync()
    {
        var program = Programs.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
            $"The tests of the page need {Programs[0]}: run ./test.sh, "
            + "or apt-get install chromium-headless-shell fonts-noto-cjk fonts-noto-color-emoji.");
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Headless = true,
            Timeout = Patience,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                $"--use-file-for-fake-audio-capture={Recordings.SpeechPath}",
            ],
        }));
    }
}
