using System.Diagnostics.CodeAnalysis;

namespace SpeechEmotion.Server.Gradio.Streams;

/// <summary>A call from being taken to its end. Thread-safe.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Without a timer the source holds nothing, and it may be cancelled at any time.")]
internal sealed class GradioEvent
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource<PredictionOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its name, which nobody guesses.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Signalled by <see cref="Cancel"/>.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>What became of it; it never faults.</summary>
    public Task<PredictionOutcome> Outcome => _outcome.Task;

    /// <summary>Takes it back.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>When it came to its end; null before.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>Brings it to its end; only its session does.</summary>
    internal void Complete(PredictionOutcome outcome, DateTimeOffset time)
    {
        Ended = time;
        _outcome.SetResult(outcome);
    }
}
