namespace SpeechEmotion.Server.Engine;

/// <summary>A model in memory, with the number of those who use it; it is unloaded when it is retired and nobody does.</summary>
internal sealed class LoadedRecognizer(EmotionRecognizer recognizer)
{
    private readonly Lock _gate = new();
    private int _users;
    private bool _retired;

    public string Id => recognizer.Model.Identity.Id;

    public RecognizerLease Rent()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_retired, this);
            _users++;
        }
        return new(recognizer, Release);
    }

    public void Retire()
    {
        bool unload;
        lock (_gate)
        {
            unload = !_retired && _users == 0;
            _retired = true;
        }
        if (unload)
            recognizer.Dispose();
    }

    private void Release()
    {
        bool unload;
        lock (_gate)
            unload = --_users == 0 && _retired;
        if (unload)
            recognizer.Dispose();
    }
}
