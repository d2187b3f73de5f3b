namespace SpeechEmotion.Server.Engine;

/// <summary>The use of a loaded model, which stays loaded until the lease is disposed.</summary>
public sealed class RecognizerLease(EmotionRecognizer value, Action release) : IDisposable
{
    private Action? _release = release;

    /// <summary>The model.</summary>
    public EmotionRecognizer Value { get; } = value;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
