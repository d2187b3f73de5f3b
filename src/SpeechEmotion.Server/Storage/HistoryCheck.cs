using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Storage;

/// <summary>Checks whether the history is writable, for readiness probes, at most once a second.</summary>
internal sealed class HistoryCheck
{
    private readonly RecognitionHistory _history;
    private readonly RecentAnswer<SpeechEmotionException?> _last;

    /// <summary>Creates the check.</summary>
    public HistoryCheck(RecognitionHistory history, TimeProvider time) => (_history, _last) = (history, new(CheckAsync, time));

    /// <summary>Returns why the history is not writable, or null if it is.</summary>
    public Task<SpeechEmotionException?> RunAsync() => _last.GetAsync();

    private async Task<SpeechEmotionException?> CheckAsync()
    {
        try
        {
            await _history.RequireWritableAsync(CancellationToken.None);
            return null;
        }
        catch (SpeechEmotionException fault)
        {
            return fault;
        }
    }
}
