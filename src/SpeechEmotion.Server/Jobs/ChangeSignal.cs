namespace SpeechEmotion.Server.Jobs;

/// <summary>Tells all who wait that something has changed. Its owner calls both members under one lock.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Done at the next change.</summary>
    public Task Next => _next.Task;

    /// <summary>Something has changed.</summary>
    public void Raise()
    {
        // Those who wait go on elsewhere, never under the owner's lock.
        _next.SetResult();
        _next = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
