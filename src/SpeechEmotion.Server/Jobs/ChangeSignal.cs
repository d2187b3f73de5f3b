namespace SpeechEmotion.Server.Jobs;

/// <summary>Notifies all waiters of a change. The owner accesses both members under one lock.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>A task that completes at the next change.</summary>
    public Task Next => _next.Task;

    /// <summary>Signals a change.</summary>
    public void Raise()
    {
        // Waiters continue on other threads, never under the owner's lock.
        _next.SetResult();
        _next = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
