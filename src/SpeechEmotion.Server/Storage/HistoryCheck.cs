using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// Checks whether the history is writable, for readiness probes. Runs at most once a second; other calls receive the last result.
/// </summary>
internal sealed class HistoryCheck(RecognitionHistory history, TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<SpeechEmotionException?>? _last;
    private long _begun;

    /// <summary>Returns why the history is not writable, or null if it is.</summary>
    public Task<SpeechEmotionException?> RunAsync()
    {
        lock (_gate)
        {
            if (_last is null || (_last.IsCompleted && time.GetElapsedTime(_begun) >= Validity))
            {
                _begun = time.GetTimestamp();
                // SQLite blocks the calling thread while it waits for a lock.
                _last = Task.Run(CheckAsync);
            }
            return _last;
        }
    }

    private async Task<SpeechEmotionException?> CheckAsync()
    {
        try
        {
            await history.RequireWritableAsync(CancellationToken.None);
            return null;
        }
        catch (SpeechEmotionException fault)
        {
            return fault;
        }
    }
}
