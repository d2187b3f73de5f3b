using System.Diagnostics.CodeAnalysis;

namespace SpeechEmotion.Server.Gradio.Streams;

/// <summary>A call, from its acceptance to its outcome. Thread-safe.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Without a timer the source holds nothing, and it may be cancelled at any time.")]
internal sealed class GradioEvent
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource<PredictionOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The unguessable id of the call.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Signalled by <see cref="Cancel"/>.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>The outcome of the call; the task never faults.</summary>
    public Task<PredictionOutcome> Outcome => _outcome.Task;

    /// <summary>Cancels the call.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>The time when the call ended; null before.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>Completes the call; only its session calls this.</summary>
    internal void Complete(PredictionOutcome outcome, DateTimeOffset time)
    {
        Ended = time;
        _outcome.SetResult(outcome);
    }
}
