using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Storage;

/// <summary>Whether the history can be written now, for readiness probes. However often it is asked, it checks once a second at most.</summary>
internal sealed class HistoryCheck(RecognitionHistory history, TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<SpeechEmotionException?>? _last;
    private long _begun;

    /// <summary>Why it cannot be written; null where it can.</summary>
    public Task<SpeechEmotionException?> RunAsync()
    {
        lock (_gate)
        {
            if (_last is null || (_last.IsCompleted && time.GetElapsedTime(_begun) >= Validity))
            {
                _begun = time.GetTimestamp();
                // SQLite waits for a lock on the caller's thread.
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
