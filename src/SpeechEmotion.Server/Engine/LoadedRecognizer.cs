namespace SpeechEmotion.Server.Engine;

/// <summary>A model in memory with a count of its users. A retired model is unloaded when its last user releases it.</summary>
internal sealed class LoadedRecognizer(EmotionRecognizer recognizer)
{
    private readonly Lock _gate = new();
    private int _users;
    private bool _retired;

    // Counts as used: loading leaves unneeded working memory behind.
    private bool _used = true, _usedLately = true;

    public string Id => recognizer.Model.Identity.Id;

    public RecognizerLease Rent()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_retired, this);
            _users++;
            _used = _usedLately = true;
        }
        return new(recognizer, Release);
    }

    /// <summary>
    /// Called at intervals: releases the working memory of the last recognitions if the model was idle for a whole interval.
    /// </summary>
    /// <returns>Whether memory was released.</returns>
    public bool Rest()
    {
        lock (_gate)
        {
            var waited = !_usedLately;
            _usedLately = _users > 0;
            if (_retired || !_used || _usedLately || !waited)
                return false;
            _used = false;
            _users++;
        }
        try
        {
            recognizer.ReleaseMemory();
            return true;
        }
        finally
        {
            Release();
        }
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
