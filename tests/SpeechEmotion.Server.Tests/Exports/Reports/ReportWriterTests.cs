using Microsoft.Playwright;
using Shouldly;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Tests.Browser;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports.Reports;

/// <summary>The report is safe, complete without a network, and readable on every screen.</summary>
public sealed class ReportWriterTests(Chromium chromium)
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'&\u202e</title><script>alert(1)</script>.wav";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", ColorScheme.Light, 1280)]
    [InlineData("zh", ColorScheme.Light, 1280)]
    [InlineData("zh", ColorScheme.Dark, 1280)]
    [InlineData("en", ColorScheme.Dark, 360)]
    [InlineData("zh", ColorScheme.Light, 360)]
    public async Task Report_Shown_RunsNothingLoadsNothingAndFits(string language, ColorScheme theme, int width)
    {
        using var database = await FilledAsync();
        await new BatchExport(database).WriteAllAsync(BatchDatabase.Id, database.Folder, new() { Language = language }, Ct);
        await using var context = await chromium.OpenAsync(options =>
        {
            options.ColorScheme = theme;
            options.ViewportSize = new() { Width = width, Height = 900 };
        });
        var page = await context.NewPageAsync();
        var (requests, problems) = (new List<string>(), new List<string>());
        page.Request += (_, request) => requests.Add(request.Url);
        page.Dialog += (_, dialog) => problems.Add(dialog.Message);
        page.Console += (_, message) => problems.Add(message.Text);

        await page.GotoAsync($"file://{database.File("report.html")}");

        if (Environment.GetEnvironmentVariable("SER_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"report-{language}-{theme}-{width}.png"), FullPage = true });
        requests.Count.ShouldBe(1);
        problems.ShouldBeEmpty();
        (await page.Locator("script, img, link, iframe").CountAsync()).ShouldBe(0);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await page.EvaluateAsync<bool>("[...document.querySelectorAll('code')].every(code => code.getClientRects().length === 1)"))
            .ShouldBeTrue("a code is on one line");
        await AccessibilityTests.ExamineAsync(page, "report");
        (await page.Locator("ul.files bdi").First.TextContentAsync()).ShouldStartWith(Hostile);
        (await page.TitleAsync()).ShouldStartWith("Calls of <May> 五月");
        (await page.Locator("h1").TextContentAsync()).ShouldBe("Calls of <May> 五月");
        (await page.Locator("h2").AllTextContentsAsync()).ShouldBe(language == "en"
            ? ["Emotions", "speaker", "部门", "Confidence", "Why answers may be weak", "Recordings without a result"]
            : ["情感分布", "speaker", "部门", "置信度", "结果可能不可靠的原因", "没有结果的录音"]);
        (await page.Locator(".group ul.files").First.Locator("li").CountAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task Report_EmptyBatch_ShowsTheTotals()
    {
        using var database = await BatchDatabase.CreateAsync();

        await new BatchExport(database).WriteAllAsync(BatchDatabase.Id, database.Folder, new(), Ct);

        var report = await database.TextAsync("report.html");
        report.ShouldContain("<dt>Recordings</dt><dd>0</dd>");
        report.ShouldNotContain("NaN");
        report.ShouldNotContain("<section>");
    }

    /// <summary>A batch with every part of a report; the id is a column that groups nothing.</summary>
    private static async Task<BatchDatabase> FilledAsync()
    {
        var database = await BatchDatabase.CreateAsync(null, "speaker", "部门", "id");
        RealResult[] results = [RealResult.Speech, RealResult.Call, RealResult.Noise, RealResult.Example];
        for (var i = 0; i < 24; i++)
        {
            var speaker = i % 3 == 0 ? "Anna" : i % 5 == 0 ? "<b>李明</b>" : "Bob";
            await database.AddAsync(
                $"五月/{i:000}.wav", results[i * 7 % 11 % 4], i == 9 ? 3 : null, ("speaker", speaker),
                ("部门", i % 2 == 0 ? "客服中心" : "Sales"), ("id", $"{i}"));
        }
        await database.AddFailureAsync(Hostile, "audio.unsupported_format", ("speaker", "Anna"), ("id", "x"));
        var name = $"五月/a very long name without an end {new string('x', 120)}";
        for (var i = 0; i < 23; i++)
            await database.AddFailureAsync($"{name} {i}.wav", "audio.unsupported_format");
        await database.AddFailureAsync("missing.wav", "audio.not_found");
        await database.ExecuteAsync($"UPDATE batch_outcomes SET MessageZh = '找不到文件。请检查路径。' WHERE Code = 'audio.not_found'");
        await database.AddPendingAsync("later.wav");
        return database;
    }
}
