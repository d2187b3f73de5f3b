using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Engine;
using Xunit;

namespace SpeechEmotion.Server.Tests.Engine;

public sealed class RecognizerPoolTests
{
    [Fact]
    public async Task Dispose_WhileAModelIsLoaded_WaitsForTheLoadToEnd()
    {
        using var begun = new ManualResetEventSlim();
        var ended = false;
        var pool = new RecognizerPool(
            (_, _, ct) =>
            {
                begun.Set();
                ct.WaitHandle.WaitOne();
                // A Dispose that does not wait returns long before this.
                Thread.Sleep(200);
                ended = true;
                throw new OperationCanceledException(ct);
            },
            ModelSearch.Default, TimeProvider.System, NullLogger<RecognizerPool>.Instance);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);

        pool.Dispose();

        ended.ShouldBeTrue();
    }

    [Fact]
    public async Task Dispose_StoppedBeforeItBegan_DoesNotThrow()
    {
        // A task that is cancelled before a thread starts it ends as cancelled.
        for (var i = 0; i < 100; i++)
        {
            var pool = new RecognizerPool(
                (_, _, ct) => throw new OperationCanceledException(ct), ModelSearch.Default, TimeProvider.System,
                NullLogger<RecognizerPool>.Instance);
            var started = pool.StartAsync(TestContext.Current.CancellationToken);

            Should.NotThrow(pool.Dispose);

            await started;
        }
    }
}
