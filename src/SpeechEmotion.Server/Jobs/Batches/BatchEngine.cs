using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>Processes the batches of the database, from the start of the program to its stop.</summary>
public sealed class BatchEngine(
    EngineParts parts, RecognizerPool recognizers, Drain drain, IOptions<ServerOptions> options, ILogger<BatchEngine> logger)
    : BackgroundService
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(5);

    private readonly string _worker = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _abort = new();
    private string? _reported;

    /// <summary>Reports outcomes after they were stored.</summary>
    public event Action<IReadOnlyList<StoredOutcome>>? Stored;

    /// <summary>Whether the engine has no chunk, because the program is drained or leaves batches to others.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>Why the engine pauses; null while it works.</summary>
    public SpeechEmotionException? Failure { get; private set; }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Another service refused to start, perhaps because the database is not that of the folder.
        if (ExecuteTask is null)
            return;
        using (cancellationToken.Register(_abort.Cancel))
        {
            var stopping = base.StopAsync(CancellationToken.None);
            // The service manager may kill the program before the running recordings end, which is no crash.
            await TryAsync(() => parts.Leases.WithdrawSuspicionAsync(_worker, CancellationToken.None));
            await stopping;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _abort.Cancel();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IsIdle = options.Value.NoBatches;
        if (IsIdle)
            return;
        var lanes = parts.Turns.Lanes;
        InferenceThreads.Reserve(lanes);
        try
        {
            await recognizers.SettledAsync(stoppingToken);
            var isFirst = true;
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    // Leases of a program that crashed; later, those that a failed run could not return.
                    await (isFirst ? parts.Leases.EndAllAsync(stoppingToken) : parts.Leases.ReturnAllAsync(_worker, stoppingToken));
                    (Failure, isFirst) = (null, false);
                    await DrainedAsync(stoppingToken);
                    using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, drain.Begun);
                    await new EngineRun(_worker, lanes, parts, Publish).RunAsync(stop.Token, _abort.Token);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    Report(ProblemAnswers.Known(e), e);
                    await Task.Delay(RestartPause, parts.Time, stoppingToken);
                }
                finally
                {
                    // Whatever ended the run: it was no crash.
                    await TryAsync(() => parts.Leases.ReturnAllAsync(_worker, CancellationToken.None));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    /// <summary>Waits until the program may take work.</summary>
    private async Task DrainedAsync(CancellationToken ct)
    {
        IsIdle = drain.IsOn;
        await drain.Ended.WaitAsync(ct);
        IsIdle = false;
    }

    private void Publish(IReadOnlyList<StoredOutcome> outcomes)
    {
        _reported = null;
        Stored?.Invoke(outcomes);
    }

    /// <summary>Logs a failure when it begins: the engine tries again every few seconds.</summary>
    private void Report(SpeechEmotionException failure, Exception cause)
    {
        if (_reported != failure.Code)
            Log.EngineFailed(logger, failure.Code, failure.Message, cause);
        (Failure, _reported) = (failure, failure.Code);
    }

    /// <summary>Changes the leases if the database permits it; otherwise they end by themselves.</summary>
    private static async Task TryAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (Exception e) when (e is SpeechEmotionException or ObjectDisposedException)
        {
            // The reason was reported when the engine failed; a host may be disposed without a stop.
        }
    }
}
