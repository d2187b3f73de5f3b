using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The models view: installed models, available models and their actions.</summary>
public sealed class ModelsTests(Chromium chromium) : PageTests(chromium)
{
    private const string Base = "emotion2vec_plus_base";
    private const string Seed = "emotion2vec_plus_seed";

    private readonly ModelHome _home = new();

    [Fact]
    public async Task Models_Opened_ShowsInstalledModelsWithoutAHubRequest()
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        _home.Import(Seed);
        var page = await OpenAsync(await ServeAsync(_home, hub));

        await page.GetByTestId("nav-models").ClickAsync();

        await Expect(Installed(page, "compact")).ToHaveAttributeAsync("data-active", "true");
        await Expect(Installed(page, "compact")).ToContainTextAsync("不可商用");
        await Expect(Installed(page, "compact").GetByTestId("model-remove")).ToHaveCountAsync(0);
        await Expect(Installed(page, Seed)).ToHaveAttributeAsync("data-check", "none");
        await Expect(Available(page, "emotion2vec_plus_large")).ToContainTextAsync("1.95 GB");
        await Expect(Available(page, "emotion2vec_base")).ToContainTextAsync("仅特征");
        await page.SaveAsync("models-zh-light");
        hub.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Model_DownloadedUsedAndRemoved_NeedsNoRestart()
    {
        await using var hub = await FakeHub.StartAsync();
        hub.Add(Base, _home.LargeCheckpoint(megabytes: 16));
        var server = await ServeAsync(_home, hub);
        var page = await OpenAsync(server, "#/models");

        await Available(page, Base).GetByTestId("model-get").ClickAsync();
        await Expect(page.GetByTestId("offer")).ToContainTextAsync("17.3 MB");
        await Expect(page.GetByTestId("offer")).ToContainTextAsync("FunASR");
        await page.GetByTestId("hub-huggingface").ClickAsync();
        await Expect(page.GetByTestId("offer")).ToHaveAttributeAsync("data-hub", "huggingface");
        hub.HoldAfter(9 << 20);
        await page.GetByTestId("download-start").ClickAsync();
        await Until.True(() => hub.Sent > 8 << 20);
        var download = Available(page, Base).GetByTestId("download");
        await Expect(download).ToHaveAttributeAsync("data-state", "downloading");
        await Expect(download).ToContainTextAsync("%");
        await Expect(download).ToContainTextAsync("Hugging Face");
        await page.SaveAsync("models-downloading-zh-light");
        await page.GetByTestId("nav-recognize").ClickAsync();
        await page.GetByTestId("nav-models").ClickAsync();
        await download.GetByTestId("download-cancel").ClickAsync();
        await Expect(download).ToHaveAttributeAsync("data-state", "cancelled");
        hub.Go();
        await download.GetByTestId("download-again").ClickAsync();
        await Expect(Installed(page, Base)).ToHaveAttributeAsync("data-check", "publisher");

        await Installed(page, Base).GetByTestId("model-use").ClickAsync();
        await Expect(Installed(page, Base)).ToHaveAttributeAsync("data-active", "true");
        await Expect(page.GetByTestId("model-switched")).ToContainTextAsync($"--model {Base}");
        await Expect(page.GetByTestId("model-badge")).ToContainTextAsync(Base);
        await page.SaveAsync("models-switched-zh-light");
        await page.GetByTestId("nav-recognize").ClickAsync();
        await page.RecognizeSpeechAsync();
        await Expect(page.GetByTestId("result-model")).ToHaveAttributeAsync("data-model", Base);

        await page.GetByTestId("nav-models").ClickAsync();
        await Installed(page, "compact").GetByTestId("model-use").ClickAsync();
        await Expect(Installed(page, "compact")).ToHaveAttributeAsync("data-active", "true");
        await Installed(page, Base).GetByTestId("model-remove").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保留" }).ClickAsync();
        await Expect(Installed(page, Base)).ToBeVisibleAsync();
        await Installed(page, Base).GetByTestId("model-remove").ClickAsync();
        await page.Locator(".ser-confirm-delete").ClickAsync();
        await Expect(Available(page, Base)).ToBeVisibleAsync();
        _home.Store.Find(Base).ShouldBeNull();
    }

    [Fact]
    public async Task Get_HubHasNoModel_IsReportedAndAllowsARetry()
    {
        await using var hub = await FakeHub.StartAsync();
        var page = await OpenAsync(await ServeAsync(_home, hub), "#/models", options => options.Locale = "en-US");
        ExpectProblem("502");

        await Available(page, Base).GetByTestId("model-get").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByTestId("error")).ToContainTextAsync("This site does not have the model");
        await Expect(page.GetByTestId("download-start")).ToBeDisabledAsync();
        await page.SaveAsync("models-refused-en-light");
        hub.With(Base);
        await page.GetByTestId("ask-again").ClickAsync();
        await Expect(page.GetByTestId("offer")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Available(page, Base).GetByTestId("model-get")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Download_Failed_ReportsWhyAndResumesOnRequest()
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        var page = await OpenAsync(await ServeAsync(_home, hub), "#/models", options => options.Locale = "en-US");
        await Available(page, Base).GetByTestId("model-get").ClickAsync();
        await Expect(page.GetByTestId("offer")).ToBeVisibleAsync();
        await page.GetByTestId("partial").ClickAsync();
        hub.Without(Base);
        await page.GetByTestId("download-start").ClickAsync();

        var download = Available(page, Base).GetByTestId("download");
        await Expect(download).ToHaveAttributeAsync("data-state", "failed");
        await Expect(download.GetByTestId("error")).ToHaveAttributeAsync("data-code", "download.not_found");
        await page.SaveAsync("models-failed-en-light");
        hub.With(Base);
        await download.GetByTestId("download-again").ClickAsync();

        await Expect(Installed(page, Base)).ToHaveAttributeAsync("data-check", "parts");
    }

    [Fact]
    public async Task Use_BrokenModel_ReportsThatTheOldOneStaysActive()
    {
        await using var hub = await FakeHub.StartAsync();
        await File.WriteAllTextAsync(_home.Import(Base).PathOf("model.onnx"), "no graph", TestContext.Current.CancellationToken);
        var page = await OpenAsync(await ServeAsync(_home, hub), "#/models");

        await Installed(page, Base).GetByTestId("model-use").ClickAsync();

        await Expect(Installed(page, Base).GetByTestId("error")).ToContainTextAsync("仍使用原来的模型");
        await Expect(page.GetByTestId("model-badge")).ToContainTextAsync("compact");
    }

    [Fact]
    public async Task Models_ByKeyboardAlone_DownloadsOne()
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        var page = await OpenAsync(await ServeAsync(_home, hub), "#/models");
        await Available(page, Base).GetByTestId("model-get").FocusAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("offer")).ToBeVisibleAsync();
        await KeyboardTests.TabToAsync(page, "partial");
        await page.Keyboard.PressAsync("Space");
        await KeyboardTests.TabToAsync(page, "download-start");
        await page.Keyboard.PressAsync("Enter");

        await Expect(Installed(page, Base)).ToHaveAttributeAsync("data-check", "parts");
    }

    [Theory]
    [InlineData(ColorScheme.Light, false, "zh-CN")]
    [InlineData(ColorScheme.Dark, false, "en-US")]
    [InlineData(ColorScheme.Light, true, "en-US")]
    [InlineData(ColorScheme.Dark, true, "zh-CN")]
    public async Task Models_EachThemeAndWidth_FitsAndHasNoSeriousViolation(ColorScheme theme, bool phone, string language)
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        _home.Import(Seed);
        var page = await OpenAsync(await ServeAsync(_home, hub), "#/models", options =>
        {
            AccessibilityTests.Shape(options, theme, phone);
            options.Locale = language;
        });
        await CheckAsync("list", Installed(page, Seed));
        await Installed(page, Seed).GetByTestId("model-remove").HoverAsync();
        await AccessibilityTests.ExamineAsync(page, "under the pointer");
        await Available(page, Base).GetByTestId("model-get").ClickAsync();
        await CheckAsync("offer", page.GetByTestId("offer"));
        hub.HoldAfter(400_000);
        await page.GetByTestId("download-start").ClickAsync();
        await Until.True(() => hub.Sent > 300_000);
        await CheckAsync("downloading", page.GetByTestId("download-cancel"));
        await page.GetByTestId("download-cancel").ClickAsync();
        hub.Without(Base);
        await page.GetByTestId("download-again").ClickAsync();
        await CheckAsync("failed", page.GetByTestId("error"));

        async Task CheckAsync(string view, ILocator shown)
        {
            await Expect(shown).ToBeVisibleAsync();
            if (phone)
                await PhoneTests.FitsAsync(page, view);
            await page.SaveAsync($"models-{view}-{language}-{theme}{(phone ? "-phone" : "")}");
            await AccessibilityTests.ExamineAsync(page, view);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _home.Dispose();
    }

    private static ILocator Installed(IPage page, string id) => page.Locator($"[data-testid=installed-model][data-id={id}]");

    private static ILocator Available(IPage page, string id) => page.Locator($"[data-testid=available-model][data-id={id}]");
}
