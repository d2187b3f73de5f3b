using SpeechEmotion.Errors;

namespace SpeechEmotion.Downloads;

/// <summary>A failure that may be gone the next time.</summary>
/// <param name="final">What it is where it does not pass.</param>
/// <param name="after">How long the server asks to wait; null where it does not say.</param>
internal sealed class TransientDownloadException(DownloadException final, TimeSpan? after = null) : Exception(final.Message, final)
{
    public DownloadException Final { get; } = final;

    public TimeSpan? After { get; } = after;
}
