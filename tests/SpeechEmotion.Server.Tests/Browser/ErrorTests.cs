using System.Text.RegularExpressions;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The page reports what it cannot recognize, why, and what to do.</summary>
public sealed partial class ErrorTests(Chromium chromium, PageServer pages) : PageTests(chromium), IClassFixture<PageServer>
{
    [Fact]
    public async Task CorruptFile_Sent_IsReportedInBothLanguages()
    {
        var page = await OpenAsync(pages.Running);
        await page.ChooseAsync(Recordings.Speech[..30].Named("corrupt.wav"));
        await page.StartAsync();

        await page.ReachAsync("failed");

        var error = page.GetByTestId("error");
        await Expect(error).ToHaveAttributeAsync("data-code", AudioCode());
        await Expect(error).ToContainTextAsync(Chinese());
        await page.SaveAsync("error");
        await page.GetByTestId("lang-switch").ClickAsync();
        await Expect(error).ToContainTextAsync("Recognition failed");
        await Expect(error).Not.ToContainTextAsync(Chinese());
    }

    [Fact]
    public async Task CorruptFile_AmongOthers_DoesNotAffectThem()
    {
        var page = await OpenAsync(pages.Running);
        await page.ChooseAsync("not audio data"u8.ToArray().Named("corrupt.mp3"), Recordings.Noise(1).Named("good.wav"));

        await page.StartAsync();

        await Expect(page.GetByTestId("file-row").First).ToHaveAttributeAsync("data-state", "failed");
        await Expect(page.GetByTestId("file-row").Last).ToHaveAttributeAsync("data-state", "done");
    }

    [Fact]
    public async Task EmptyFile_Chosen_IsRefusedAtOnce()
    {
        var page = await OpenAsync(pages.Running);

        await page.ChooseAsync(Array.Empty<byte>().Named("empty.wav"));

        await Expect(page.GetByTestId("error")).ToContainTextAsync("“empty.wav”是空文件");
        await Expect(page.GetByTestId("file-row")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("start")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task TooLargeFile_Chosen_IsRefusedWithTheLimit()
    {
        var server = await ServeAsync(settings: ("MaxUpload", "1"));
        var page = await OpenAsync(server);
        await Expect(page.GetByTestId("drop-area")).ToContainTextAsync("1 MB");

        await page.ChooseAsync(new byte[1_100_000].Named("large.wav"));

        await Expect(page.GetByTestId("error")).ToContainTextAsync("“large.wav”超过服务器允许的 1 MB");
        await Expect(page.GetByTestId("file-row")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Server_Stopped_IsReportedAndAllowsARetry()
    {
        var server = await ServeAsync();
        var page = await OpenAsync(server);
        await Expect(page.GetByTestId("model-badge")).ToHaveAttributeAsync("data-state", "ready");
        ExpectProblem("net::ERR_");
        await server.StopNowAsync();

        await page.ChooseSpeechAsync();
        await page.StartAsync();

        await page.ReachAsync("failed");
        await Expect(page.GetByTestId("error")).ToContainTextAsync("无法连接服务器");
        await Expect(page.GetByTestId("start")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task UnknownRecognition_Opened_IsReported()
    {
        var page = await OpenAsync(pages.Running, "#/recognitions/0123456789abcdef0123456789abcdef");
        ExpectProblem("404");

        await Expect(page.GetByTestId("error")).ToContainTextAsync("打不开这条记录");
    }

    [GeneratedRegex("^audio\\.")]
    private static partial Regex AudioCode();

    [GeneratedRegex("[一-鿿]{4}")]
    private static partial Regex Chinese();
}
