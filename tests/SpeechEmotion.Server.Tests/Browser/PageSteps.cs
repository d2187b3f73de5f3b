using Microsoft.Playwright;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The steps of a user on the page.</summary>
internal static class PageSteps
{
    /// <summary>Folder of the screenshots.</summary>
    public static string Screenshots { get; } = Path.Combine(Repository.Root, "artifacts", "screenshots");

    /// <summary>Audio as a file to choose.</summary>
    public static FilePayload Named(this byte[] sound, string name) => new() { Name = name, MimeType = "audio/wav", Buffer = sound };

    public static Task ChooseAsync(this IPage page, params FilePayload[] files) =>
        page.GetByTestId("upload-input").SetInputFilesAsync(files);

    public static Task ChooseSpeechAsync(this IPage page) => page.ChooseAsync(Recordings.Speech.Named("speech.wav"));

    public static Task StartAsync(this IPage page) => page.GetByTestId("start").ClickAsync();

    /// <summary>Waits until the only file of the list has reached a state.</summary>
    public static Task ReachAsync(this IPage page, string state) =>
        Expect(page.GetByTestId("file-row")).ToHaveAttributeAsync("data-state", state);

    /// <summary>Recognizes speech and waits for the result.</summary>
    public static async Task RecognizeSpeechAsync(this IPage page)
    {
        await page.ChooseSpeechAsync();
        await page.StartAsync();
        await page.ReachAsync("done");
        await Expect(page.GetByTestId("json")).ToContainTextAsync("\"emotion\"");
    }

    /// <summary>Waits until the waveform, the timeline and its table can be used.</summary>
    public static async Task TimelineShownAsync(this IPage page)
    {
        await new Player(page).DurationAsync();
        await Expect(page.GetByTestId("timeline")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("timeline-segment").First).ToBeVisibleAsync();
    }

    /// <summary>Limits the upload speed of the page.</summary>
    public static async Task SlowDownAsync(this IPage page, int bytesASecond)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false,
            ["latency"] = 0,
            ["downloadThroughput"] = -1,
            ["uploadThroughput"] = bytesASecond,
        });
    }

    /// <summary>Saves a screenshot of the whole page.</summary>
    public static async Task SaveAsync(this IPage page, string name)
    {
        await page.EvaluateAsync("scrollTo({ top: 0, behavior: 'instant' })");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
    }
}
