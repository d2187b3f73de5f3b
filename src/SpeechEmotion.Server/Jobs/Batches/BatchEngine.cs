using SpeechEmotion.Errors;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>Processes the batches of the database, from the start of the program to its stop.</summary>
public sealed class BatchEngine(EngineParts parts, RecognizerPool recognizers, ILogger<BatchEngine> logger) : BackgroundService
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(5);

    private readonly string _worker = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _abort = new();

    /// <summary>Reports outcomes after they were stored.</summary>
    public event Action<IReadOnlyList<StoredOutcome>>? Stored;

    /// <summary>Why the engine pauses; null while it works.</summary>
    public SpeechEmotionException? Failure { get; private set; }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
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
        var lanes = parts.Turns.Lanes;
        InferenceThreads.Reserve(lanes);
        try
        {
            await recognizers.SettledAsync(stoppingToken);
            await parts.Leases.EndAllAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    // Leases that a failed run could not return.
                    await parts.Leases.ReturnAllAsync(_worker, stoppingToken);
                    Failure = null;
                    await new EngineRun(_worker, lanes, parts, outcomes => Stored?.Invoke(outcomes)).RunAsync(stoppingToken, _abort.Token);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    Failure = ProblemAnswers.Known(e);
                    Log.EngineFailed(logger, Failure.Code, Failure.Message, e);
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

    /// <summary>Changes the leases if the database permits it; otherwise they end by themselves.</summary>
    private static async Task TryAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (SpeechEmotionException)
        {
            // The reason was reported when the engine failed.
        }
    }
}
