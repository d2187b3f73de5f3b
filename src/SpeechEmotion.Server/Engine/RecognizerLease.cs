namespace SpeechEmotion.Server.Engine;

/// <summary>A loaded model that stays loaded until this is disposed.</summary>
public sealed class RecognizerLease(EmotionRecognizer value, Action release) : IDisposable
{
    private Action? _release = release;

    /// <summary>The model.</summary>
    public EmotionRecognizer Value { get; } = value;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
