using SpeechEmotion.Errors;

namespace SpeechEmotion.Downloads;

/// <summary>A failure that a retry may overcome.</summary>
/// <param name="final">The error to report when the retries are used up.</param>
/// <param name="after">The wait that the server requests; null if it requests none.</param>
internal sealed class TransientDownloadException(DownloadException final, TimeSpan? after = null) : Exception(final.Message, final)
{
    public DownloadException Final { get; } = final;

    public TimeSpan? After { get; } = after;
}
