using System.Net;
using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Engine;

public sealed class MemoryBudgetTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public async Task Take_MoreThanIsLeft_WaitsUntilEnoughIsReturned()
    {
        var budget = Budget(10);
        var first = await budget.TakeAsync(6 * Megabyte, CancellationToken.None);

        var second = budget.TakeAsync(6 * Megabyte, CancellationToken.None);
        var third = budget.TakeAsync(Megabyte, CancellationToken.None);
        second.IsCompleted.ShouldBeFalse();
        third.IsCompleted.ShouldBeFalse("Small requests must not overtake a large one forever.");
        first.Dispose();
        first.Dispose();

        (await second).Dispose();
        (await third).Dispose();
        (await budget.TakeAsync(10 * Megabyte, CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task Take_FirstWaiterCancels_AdmitsTheNext()
    {
        var budget = Budget(10);
        using var held = await budget.TakeAsync(6 * Megabyte, CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var large = budget.TakeAsync(8 * Megabyte, patience.Token);
        var small = budget.TakeAsync(Megabyte, CancellationToken.None);

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(large);
        (await small).Dispose();
    }

    [Fact]
    public async Task Take_MoreThanTheTotal_IsRefused()
    {
        var error = await Should.ThrowAsync<RequestException>(Budget(10).TakeAsync((10 * Megabyte) + 1, CancellationToken.None));

        error.Code.ShouldBe("server.memory_limit");
        error.Status.ShouldBe(413);
    }

    [Fact]
    public async Task Take_ManyCancelledAtAnyTime_EverythingIsReturned()
    {
        var budget = Budget(10);
        await Parallel.ForAsync(0, 2000, TestContext.Current.CancellationToken, async (i, ct) =>
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var take = budget.TakeAsync(((i % 10) + 1) * Megabyte, patience.Token);
            if (i % 3 == 0)
                await patience.CancelAsync();
            try
            {
                using var share = await take;
                await Task.Yield();
            }
            catch (OperationCanceledException)
            {
                // It was cancelled while it waited.
            }
        });

        (await budget.TakeAsync(10 * Megabyte, TestContext.Current.CancellationToken)).Dispose();
    }

    [Fact]
    public async Task Post_MoreThanTheLimit_Is413()
    {
        await using var server = await RunningServer.StartAsync([("MemoryLimit", "1")], () => new SlowModel());

        using var response = await server.PostAsync(Recordings.Speech, "a.wav");

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.CodeAsync()).ShouldBe("server.memory_limit");
        server.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_LimitForOne_TheSecondStartsAfterACancellation()
    {
        var model = new SlowModel();
        var each = InferenceMemory.Estimate(model, TimeSpan.FromSeconds(4.7)) >> 20;
        await using var server = await RunningServer.StartAsync([("Workers", "2"), ("MemoryLimit", $"{each * 3 / 2}")], () => model);
        var first = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        var second = await server.SubmitAsync(Recordings.Speech);
        await server.StateAsync(second, "running");
        model.Begun.ShouldBe(1);

        using var cancelled = await server.PostAsync($"/api/v1/recognitions/{first}/cancel");

        await Until.True(() => model.Begun == 2);
        model.Go();
        (await server.EndAsync(second)).GetProperty("state").GetString().ShouldBe("done");
    }

    private static MemoryBudget Budget(int megabytes) =>
        new(Microsoft.Extensions.Options.Options.Create(new ServerOptions { MemoryLimit = megabytes }));
}
