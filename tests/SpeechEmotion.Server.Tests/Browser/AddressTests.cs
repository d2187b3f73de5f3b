using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>Every job and every filtered list has an address.</summary>
public sealed partial class AddressTests(Chromium chromium, PageServer pages, TalkServer talk)
    : PageTests(chromium), IClassFixture<PageServer>, IClassFixture<TalkServer>
{
    [Fact]
    public async Task Recognition_Submitted_HasAnAddressThatOpensItWhileItRuns()
    {
        var model = new SlowModel();
        var server = await ServeAsync(() => model, ("Workers", "1"));
        var page = await OpenAsync(server);
        await page.ChooseSpeechAsync();
        await page.StartAsync();
        await page.ReachAsync("running");
        await Expect(page).ToHaveURLAsync(Recognition());

        await page.ReloadAsync();
        await Expect(page.GetByTestId("progress")).ToHaveAttributeAsync("data-state", "running");
        var second = await OpenAsync(server, new Uri(page.Url).Fragment);
        await Expect(second.GetByTestId("progress")).ToHaveAttributeAsync("data-state", "running");
        model.Go();

        await Expect(page.GetByTestId("result-emotion")).ToBeVisibleAsync();
        await Expect(second.GetByTestId("result-emotion")).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync(new Regex("%.* – speech.wav · SpeechEmotion$"));
    }

    [Fact]
    public async Task BackAndForward_BetweenResults_ShowEach()
    {
        var page = await OpenAsync(pages.Running);
        await page.ChooseAsync(Recordings.Speech.Named("first.wav"), Recordings.Noise(2).Named("second.wav"));
        await page.StartAsync();
        await Expect(page.Locator("[data-testid=file-row][data-state=done]")).ToHaveCountAsync(2);
        await Expect(page).ToHaveURLAsync(Recognition());
        var first = page.Url;
        await page.GetByTestId("file-row").Last.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(first);

        await page.GoBackAsync();
        await Expect(page.GetByTestId("result-name")).ToHaveTextAsync("first.wav");
        await Expect(page.GetByTestId("file-row")).ToHaveCountAsync(2);
        await page.GoForwardAsync();
        await Expect(page.GetByTestId("result-name")).ToHaveTextAsync("second.wav");
        await page.GetByTestId("nav-history").ClickAsync();
        await page.GetByTestId("nav-recognize").ClickAsync();
        await Expect(page.GetByTestId("result-name")).ToHaveTextAsync("second.wav");
    }

    [Fact]
    public async Task Result_AnsweredLate_DoesNotReplaceALaterOne()
    {
        var server = pages.Running;
        var first = await server.SubmitAsync(Recordings.Noise(1), "first.wav");
        var other = await server.SubmitAsync(Recordings.Speech, "other.wav");
        await server.EndAsync(first);
        await server.EndAsync(other);
        var page = await OpenAsync(server);
        var held = new TaskCompletionSource<IRoute>();
        await page.RouteAsync($"**/api/v1/recognitions/{first}", held.SetResult);
        await page.EvaluateAsync($"location.hash = '#/recognitions/{first}'");
        var late = await held.Task;
        await page.EvaluateAsync($"location.hash = '#/recognitions/{other}'");
        await Expect(page.GetByTestId("result-name")).ToHaveTextAsync("other.wav");

        var answered = page.WaitForResponseAsync(response => response.Url.EndsWith(first, StringComparison.Ordinal));
        await late.ContinueAsync();
        await (await answered).FinishedAsync();

        // What follows the answer has happened once the page has drawn twice.
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await Expect(page.GetByTestId("result-name")).ToHaveTextAsync("other.wav");
        page.Url.ShouldEndWith(other);
    }

    [Fact]
    public async Task Running_OtherView_ShowsALinkToIt()
    {
        var model = new SlowModel();
        var page = await OpenAsync(await ServeAsync(() => model, ("Workers", "1")));
        await page.ChooseSpeechAsync();
        await page.StartAsync();
        await page.ReachAsync("running");
        await page.GetByTestId("nav-history").ClickAsync();
        await Expect(page.GetByTestId("still-running")).ToHaveAttributeAsync("data-count", "1");

        await page.GetByTestId("still-running").ClickAsync();

        await Expect(page.GetByTestId("progress")).ToBeVisibleAsync();
        await page.GetByTestId("nav-history").ClickAsync();
        model.Go();
        await Expect(page.GetByTestId("still-running")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leaving_WithUnsentRecordings_Asks(bool isSent)
    {
        var page = await OpenAsync(pages.Running);
        await page.ChooseSpeechAsync();
        if (isSent)
        {
            await page.StartAsync();
            await page.ReachAsync("done");
        }
        var asked = new TaskCompletionSource();
        page.Dialog += async (_, dialog) =>
        {
            asked.TrySetResult();
            await dialog.AcceptAsync();
        };

        await page.ReloadAsync();

        asked.Task.IsCompleted.ShouldBe(!isSent);
    }

    [Fact]
    public async Task History_Filtered_IsRestoredFromItsAddress()
    {
        var page = await OpenAsync(talk.Running, "#/history?name=talk&emotion=blue&min=5");

        await Expect(page.GetByTestId("history-name")).ToHaveValueAsync("talk");
        await Expect(page.GetByTestId("history-emotion")).ToHaveValueAsync("");
        await Expect(page.GetByTestId("history-row")).ToHaveCountAsync(1);
        await page.GetByTestId("history-state").SelectOptionAsync("failed");
        await Expect(page).ToHaveURLAsync(new Regex("state=failed"));
        await Expect(page.GetByTestId("history-empty")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByTestId("history-state")).ToHaveValueAsync("failed");
        await page.GetByTestId("nav-history").ClickAsync();
        await Expect(page.GetByTestId("history-name")).ToHaveValueAsync("");
        await Expect(page.GetByTestId("history-row")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Segments_FilteredAndSorted_AreRestoredFromTheirAddress()
    {
        var page = await OpenAsync(talk.Running, $"#/recognitions/{talk.Id}");
        await page.TimelineShownAsync();
        await page.GetByTestId("timeline-filter-emotion").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByTestId("timeline-sort-confidence").ClickAsync();
        var emotion = await page.GetByTestId("timeline-filter-emotion").InputValueAsync();
        var rows = await page.GetByTestId("timeline-segment").EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.start)");

        await page.ReloadAsync();

        await page.TimelineShownAsync();
        await Expect(page.GetByTestId("timeline-filter-emotion")).ToHaveValueAsync(emotion);
        (await page.GetByTestId("timeline-segment").EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.start)")).ShouldBe(rows);
    }

    [Fact]
    public async Task Server_Away_IsShownAndViewsRecover()
    {
        var page = await OpenAsync(pages.Running);
        await Expect(page.GetByTestId("model-badge")).ToHaveAttributeAsync("data-state", "ready");
        ExpectProblem("ERR_FAILED");
        await page.RouteAsync("**/api/**", route => route.AbortAsync());
        await page.GetByTestId("nav-history").ClickAsync();
        await Expect(page.GetByTestId("error")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("model-badge")).ToHaveAttributeAsync("data-state", "away");

        await page.EvaluateAsync("location.hash = '#/batches/7'");
        await Expect(page.GetByTestId("retry")).ToBeVisibleAsync();
        await page.GetByTestId("nav-history").ClickAsync();
        await Expect(page.GetByTestId("history-total")).ToBeVisibleAsync();

        await page.UnrouteAllAsync();
        await page.GetByTestId("retry").ClickAsync();

        await Expect(page.GetByTestId("error")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("history-total")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("model-badge")).ToHaveAttributeAsync("data-state", "ready");
    }

    [GeneratedRegex("#/recognitions/[0-9a-f]{32}$")]
    private static partial Regex Recognition();
}
