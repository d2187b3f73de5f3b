namespace SpeechEmotion.Server.Storage;

/// <summary>
/// Asks a question at most once a second, however many callers there are: the others receive the last answer. Thread-safe.
/// </summary>
/// <param name="ask">Asks the question.</param>
/// <param name="time">The clock.</param>
internal sealed class RecentAnswer<T>(Func<Task<T>> ask, TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<T>? _last;
    private long _begun;

    /// <summary>Returns an answer. A failed one is asked anew.</summary>
    public Task<T> GetAsync()
    {
        lock (_gate)
        {
            if (_last is null or { IsFaulted: true } || (_last.IsCompleted && time.GetElapsedTime(_begun) >= Validity))
            {
                _begun = time.GetTimestamp();
                // SQLite blocks the calling thread while it waits for a lock.
                _last = Task.Run(ask);
            }
            return _last;
        }
    }

    /// <summary>Lets the next caller ask anew, after a change.</summary>
    public void Forget()
    {
        lock (_gate)
            _last = null;
    }
}
