using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Engine;

public sealed class RecognizerPoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServerFolder _output;
    private readonly SharedModels _shared;

    public RecognizerPoolTests()
    {
        var options = Microsoft.Extensions.Options.Options.Create(new ServerOptions { Output = _folder.Path });
        _output = new(options);
        _shared = new(
            new LocalFiles(), _output, ModelStore.Default, ModelSearch.Default, options, TimeProvider.System,
            NullLogger<SharedModels>.Instance);
    }

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
            ModelSearch.Default, _shared, TimeProvider.System, NullLogger<RecognizerPool>.Instance);
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
                (_, _, ct) => throw new OperationCanceledException(ct), ModelSearch.Default, _shared, TimeProvider.System,
                NullLogger<RecognizerPool>.Instance);
            var started = pool.StartAsync(TestContext.Current.CancellationToken);

            Should.NotThrow(pool.Dispose);

            await started;
        }
    }

    public void Dispose()
    {
        _shared.Dispose();
        _output.Dispose();
        _folder.Dispose();
    }
}
