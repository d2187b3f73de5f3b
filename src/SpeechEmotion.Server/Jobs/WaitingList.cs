using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Jobs;

/// <summary>Who waits, in which order, and who runs. Thread-safe.</summary>
/// <param name="capacity">How many may wait.</param>
internal sealed class WaitingList(int capacity)
{
    private readonly Lock _gate = new();
    private readonly List<RecognitionJob> _waiting = [];
    private readonly Dictionary<string, RecognitionJob> _jobs = [];
    private int _admitted; // Not in the history yet, so not waiting yet.
    private int _running;
    private bool _closed;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>How many run.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
                return _running;
        }
    }

    /// <summary>Takes one in, which keeps its place until <see cref="Add"/> or <see cref="Forget"/>.</summary>
    /// <exception cref="RequestException"><c>queue.full</c> or <c>server.stopping</c>.</exception>
    public void Admit(RecognitionJob job)
    {
        lock (_gate)
        {
            RequireRoom();
            _admitted++;
            _jobs.Add(job.Id, job);
        }
    }

    /// <summary>Refuses one more where there is no room.</summary>
    /// <exception cref="RequestException"><c>queue.full</c> or <c>server.stopping</c>.</exception>
    public void RequireRoom()
    {
        lock (_gate)
        {
            if (_closed)
                throw RequestErrors.Stopping();
            if (_waiting.Count + _admitted >= capacity)
                throw RequestErrors.QueueFull(capacity);
        }
    }

    /// <summary>Turns an admitted one away.</summary>
    public void Refuse(RecognitionJob job)
    {
        lock (_gate)
        {
            if (_jobs.Remove(job.Id))
                _admitted--;
        }
    }

    /// <summary>Lets an admitted one wait for its turn.</summary>
    public void Add(RecognitionJob job)
    {
        lock (_gate)
        {
            _admitted--;
            _waiting.Add(job);
            Renumber();
        }
    }

    /// <summary>The one whose turn it is, which from now on runs; null where none waits.</summary>
    public RecognitionJob? TakeFirst()
    {
        lock (_gate)
        {
            if (_waiting is not [var first, ..])
                return null;
            _waiting.RemoveAt(0);
            _running++;
            Renumber();
            return first;
        }
    }

    /// <summary>Takes one that waits out of the line; from now on it runs, to its end.</summary>
    /// <returns>False where it does not wait.</returns>
    public bool Leave(RecognitionJob job)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(job))
                return false;
            _running++;
            Renumber();
            return true;
        }
    }

    /// <summary>One that ran has come to its end; it can still be found until <see cref="Forget"/>.</summary>
    public void End()
    {
        lock (_gate)
            _running--;
    }

    /// <summary>Lets go of one that has come to its end.</summary>
    public void Forget(RecognitionJob job)
    {
        lock (_gate)
            _jobs.Remove(job.Id);
    }

    /// <summary>The one of that name; null where it is not here.</summary>
    public RecognitionJob? Find(string id)
    {
        lock (_gate)
            return _jobs.GetValueOrDefault(id);
    }

    /// <summary>All that are here, whatever becomes of them.</summary>
    public RecognitionJob[] All()
    {
        lock (_gate)
            return [.. _jobs.Values];
    }

    /// <summary>Takes no more in.</summary>
    /// <returns>Those that are here.</returns>
    public RecognitionJob[] Close()
    {
        lock (_gate)
            _closed = true;
        return All();
    }

    private void Renumber()
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            var position = i + 1;
            if (_waiting[i].Current.QueuePosition != position)
                _waiting[i].Update(now => now with { QueuePosition = position });
        }
    }
}
