using System.Diagnostics.CodeAnalysis;

namespace SpeechEmotion.Server.Storage.Programs;

/// <summary>Whether a program is to take no more work. An operator begins and ends it through any server. Thread-safe.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Without a timer the source holds nothing, and it may be cancelled at any time.")]
public sealed class Drain
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _begun = new();
    private TaskCompletionSource _ended = Completed();

    /// <summary>Whether the program is to take no more work now.</summary>
    public bool IsOn => Begun.IsCancellationRequested;

    /// <summary>Cancelled when a drain begins; another one after its end.</summary>
    public CancellationToken Begun
    {
        get
        {
            lock (_gate)
                return _begun.Token;
        }
    }

    /// <summary>Completes when the program may take work.</summary>
    public Task Ended
    {
        get
        {
            lock (_gate)
                return _ended.Task;
        }
    }

    /// <returns>Whether that is a change.</returns>
    internal bool Set(bool isOn)
    {
        CancellationTokenSource? begun = null;
        lock (_gate)
        {
            if (isOn == _begun.IsCancellationRequested)
                return false;
            if (isOn)
            {
                (begun, _ended) = (_begun, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            else
            {
                _begun = new();
                _ended.SetResult();
            }
        }
        // Not within the lock: its callbacks belong to others.
        begun?.Cancel();
        return true;
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }
}
