using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Batches.Offline;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Jobs.Batches;

/// <summary>Items with addresses, processed by the real engine from a real site.</summary>
public sealed class FetchAheadTests : IAsyncDisposable
{
    private readonly BatchFolder _folder = new();
    private readonly ConcurrentDictionary<string, int> _requests = [];
    private readonly WebApplication _site;

    public FetchAheadTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _site = builder.Build();
        _site.Use((context, next) =>
        {
            _requests.AddOrUpdate(context.Request.Path, 1, (_, count) => count + 1);
            return next(context);
        });
        _site.MapGet("/speech/{name}", () => TypedResults.Bytes(Recordings.Speech));
        _site.MapGet("/text", () => TypedResults.Text("no recording"));
        _site.MapGet("/busy", IResult () => _requests["/busy"] < 3 ? TypedResults.StatusCode(503) : TypedResults.Bytes(Recordings.Speech));
        _site.MapGet("/inside", () => TypedResults.Redirect("http://127.0.0.2/speech/a.wav"));
        _site.MapGet("/hang", (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Addresses_AreFetchedRecognizedAndRemoved()
    {
        await using var services = await StartAsync();
        var site = _site.Urls.First();

        var outcomes = await RunAsync(
            services, $"{site}/speech/a.wav", $"{site}/text", $"{site}/missing", $"{site}/inside", $"{site}/speech/b.wav",
            "http://10.0.0.1/a.wav");

        outcomes.Select(outcome => outcome.Code).ShouldBe(
            [null, "audio.unsupported_format", "url.failed", "url.refused", null, "url.refused"]);
        outcomes[4].SameAs.ShouldBe(0);
        outcomes[2].Message!.ShouldContain("status 404");
        _requests["/missing"].ShouldBe(1);
        Directory.GetFiles(Path.Combine(_folder.Output, ".ser", "uploads")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_SiteThatIsBusy_IsAskedAgain()
    {
        await using var services = await StartAsync();

        var outcomes = await RunAsync(services, $"{_site.Urls.First()}/busy");

        outcomes.ShouldHaveSingleItem().Succeeded.ShouldBeTrue();
        _requests["/busy"].ShouldBe(3);
    }

    [Fact]
    public async Task Stop_WhileASiteHangs_EndsWithoutAnOutcome()
    {
        await using var services = await StartAsync();
        var batch = await BeginAsync(services, $"{_site.Urls.First()}/hang");
        await Until.True(() => _requests.ContainsKey("/hang"));

        await services.GetRequiredService<BatchEngine>().StopAsync(CancellationToken.None);

        (await OutcomesAsync(services, batch)).ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(_folder.Output, ".ser", "uploads")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_AddressesNotAllowed_FetchesNothing()
    {
        await using var services = await StartAsync(allow: false);

        var outcomes = await RunAsync(services, $"{_site.Urls.First()}/speech/a.wav");

        outcomes.ShouldHaveSingleItem().Code.ShouldBe("url.not_allowed");
        _requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task RetryFailed_Address_IsFetchedAgain()
    {
        await using var services = await StartAsync();
        var batch = await BeginAsync(services, $"{_site.Urls.First()}/missing");
        await EndAsync(services, batch);

        (await services.GetRequiredService<BatchStore>().RetryFailedAsync(batch, Ct)).ShouldBe(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Starts the site, and the services of a batch that take 127.0.0.1 for a public address, but not 127.0.0.2.</summary>
    private async Task<ServiceProvider> StartAsync(bool allow = true)
    {
        await _site.StartAsync(Ct);
        var services = BatchServices.Create(_folder.Request with { AllowUrls = allow }, services => services
            .AddSingleton<RecognizerLoader>((_, _, _) => new EmotionRecognizer(SlowModel.Quick()))
            .AddSingleton<AddressCheck>(address => address.Equals(IPAddress.Loopback)));
        await services.GetRequiredService<HistoryDatabase>().OpenAsync(Ct);
        await services.GetRequiredService<RecognizerPool>().StartAsync(Ct);
        return services;
    }

    private static async Task<BatchOutcomeEntry[]> RunAsync(ServiceProvider services, params string[] addresses)
    {
        var batch = await BeginAsync(services, addresses);
        await EndAsync(services, batch);
        return await OutcomesAsync(services, batch);
    }

    private static async Task<int> BeginAsync(ServiceProvider services, params string[] addresses)
    {
        var (batches, intake) = (services.GetRequiredService<BatchStore>(), services.GetRequiredService<BatchIntake>());
        var batch = await batches.CreateAsync("batch", new BatchOptions(), 0, Ct);
        await intake.AddAsync(batch.Id, [.. addresses.Select(address => new SourceItem(address, address))], Ct);
        await intake.SealAsync(batch.Id, Ct);
        await services.GetRequiredService<BatchEngine>().StartAsync(Ct);
        return batch.Id;
    }

    private static async Task EndAsync(ServiceProvider services, int batch)
    {
        await Until.AsyncTrue(async () =>
            (await services.GetRequiredService<BatchStore>().FindAsync(batch, Ct))!.State == BatchState.Done);
        await services.GetRequiredService<BatchEngine>().StopAsync(CancellationToken.None);
    }

    private static Task<BatchOutcomeEntry[]> OutcomesAsync(ServiceProvider services, int batch) =>
        services.GetRequiredService<HistoryDatabase>().ReadAsync(context => context.BatchOutcomes.AsNoTracking()
            .Where(outcome => outcome.BatchId == batch).OrderBy(outcome => outcome.Number).ToArrayAsync(Ct));
}
