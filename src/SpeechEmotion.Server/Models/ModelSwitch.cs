using SpeechEmotion.Models;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Models;

/// <summary>
/// Replaces the default model, one switch at a time, in the background. The switch lasts until the next start of the server.
/// </summary>
public sealed class ModelSwitch(RecognizerPool recognizers, ILogger<ModelSwitch> logger)
    : IHostedService, IProgress<ImportProgress>, IDisposable
{
    /// <summary>The longest wait for a cancelled load.</summary>
    private static readonly TimeSpan LoadEnd = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>The running activation, or the last one if it failed; null if there is neither.</summary>
    public ModelActivation? Current { get; private set; }

    /// <summary>Starts loading a model that is on this machine.</summary>
    /// <exception cref="RequestException"><c>model.switching</c>: another is being loaded; <c>server.stopping</c>.</exception>
    public void Begin(string model)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                throw RequestErrors.Stopping();
            if (Current is { IsRunning: true } other)
                throw ModelErrors.Switching(other.Model);
            Current = new(model);
            _running = Task.Run(() => RunAsync(model, _stop.Token));
        }
    }

    /// <summary>Forgets the failed activation of a removed model.</summary>
    public void Forget(string model)
    {
        lock (_gate)
        {
            if (Current is { IsRunning: false } failed && failed.Model == model)
                Current = null;
        }
    }

    void IProgress<ImportProgress>.Report(ImportProgress value) =>
        Current = Current! with { Progress = value.Stage == ImportStage.Done ? null : value.Fraction };

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(LoadEnd, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A process that exits while the engine's library is being loaded crashes.
        _stop.Cancel();
        _running.Wait(LoadEnd);
    }

    private async Task RunAsync(string model, CancellationToken ct)
    {
        try
        {
            await recognizers.SwitchAsync(model, this, ct);
            Current = null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Current = null;
        }
        catch (Exception e)
        {
            // Catch all exceptions: the server keeps running with the old model.
            var error = ProblemAnswers.Known(e);
            Log.SwitchFailed(logger, model, error.Code, error.Message);
            if (error.InnerException is { } cause && error is RequestException)
                Log.Unexpected(logger, cause);
            Current = new(model, null, error);
        }
    }
}
