using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>A server that requires a login.</summary>
public sealed class LoginTests(Chromium chromium) : PageTests(chromium)
{
    private static readonly (string, string)[] Settings = [("Auth:0", "anna:right horse"), ("ApiKey:0", "key-0123456789")];

    [Fact]
    public async Task Password_WrongThenRight_OpensThePageUntilLogout()
    {
        var page = await OpenAsync(await ServeAsync(settings: Settings));
        ExpectProblem("401");
        await Expect(page.GetByTestId("login")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("start")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("docs")).ToHaveCountAsync(0);
        await page.SaveAsync("login");

        await LogInAsync(page, "wrong horse");
        await Expect(page.GetByTestId("error")).ToContainTextAsync("不正确");
        await LogInAsync(page, "right horse");

        await page.RecognizeSpeechAsync();
        await page.ReloadAsync();
        await page.GetByTestId("nav-history").ClickAsync();
        await Expect(page.GetByTestId("history-row")).ToHaveCountAsync(1);
        await page.GetByTestId("logout").ClickAsync();
        await Expect(page.GetByTestId("login")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("history-row")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task ApiKey_Right_OpensThePage()
    {
        var page = await OpenAsync(await ServeAsync(settings: Settings));

        await page.GetByTestId("login-other").ClickAsync();
        await page.GetByTestId("login-key").FillAsync("key-0123456789");
        await page.GetByTestId("login-key").PressAsync("Enter");

        await Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("model-badge")).ToHaveAttributeAsync("data-state", "ready");
    }

    [Fact]
    public async Task Session_Lost_ShowsTheLoginAgain()
    {
        var page = await OpenAsync(await ServeAsync(settings: Settings));
        ExpectProblem("401");
        await LogInAsync(page, "right horse");
        await Expect(page.GetByTestId("empty")).ToBeVisibleAsync();

        await page.Context.ClearCookiesAsync();
        // Not by a click: a request still in progress may have brought up the login already, with nothing left to click.
        await page.EvaluateAsync("location.hash = '#/history'");

        await Expect(page.GetByTestId("login")).ToBeVisibleAsync();
    }

    private static async Task LogInAsync(IPage page, string password)
    {
        await page.GetByTestId("login-username").FillAsync("anna");
        await page.GetByTestId("login-password").FillAsync(password);
        await page.GetByTestId("login-submit").ClickAsync();
    }
}
