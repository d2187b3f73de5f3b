using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Jobs;

/// <summary>The queued recognitions in order, and the running ones. Thread-safe.</summary>
/// <param name="capacity">Maximum number of queued recognitions.</param>
public sealed class WaitingList(int capacity)
{
    private readonly Lock _gate = new();
    private readonly List<RecognitionJob> _waiting = [];
    private readonly Dictionary<string, RecognitionJob> _jobs = [];
    private RecognitionJob? _retried; // Running although an earlier run may have crashed on it.
    private int _admitted; // Not in the history yet, so not queued yet.
    private int _running;
    private bool _closed;

    /// <summary>Maximum number of queued recognitions.</summary>
    public int Capacity => capacity;

    /// <summary>Number of queued recognitions.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Number of running recognitions.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
                return _running;
        }
    }

    /// <summary>Number of queued and running recognitions, and of those that are about to be queued.</summary>
    public int Busy
    {
        get
        {
            lock (_gate)
                return _admitted + _waiting.Count + _running;
        }
    }

    /// <summary>Identifiers of the queued recognitions.</summary>
    public IReadOnlyCollection<string> WaitingIds
    {
        get
        {
            lock (_gate)
                return [.. _waiting.Select(job => job.Id)];
        }
    }

    /// <summary>Admits a job and reserves its place until <see cref="Add"/> or <see cref="Refuse"/>.</summary>
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

    /// <summary>Throws if there is no room for another job.</summary>
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

    /// <summary>Removes an admitted job and releases its place.</summary>
    public void Refuse(RecognitionJob job)
    {
        lock (_gate)
        {
            if (_jobs.Remove(job.Id))
                _admitted--;
        }
    }

    /// <summary>Queues an admitted job.</summary>
    public void Add(RecognitionJob job)
    {
        lock (_gate)
        {
            _admitted--;
            _waiting.Add(job);
            Renumber();
        }
    }

    /// <summary>Queues a job that an earlier run or another program accepted, by its age, also if the queue is full.</summary>
    public void Readmit(RecognitionJob job)
    {
        lock (_gate)
        {
            _jobs.Add(job.Id, job);
            // Identifiers sort by time.
            var later = _waiting.FindIndex(other => string.CompareOrdinal(other.Id, job.Id) > 0);
            _waiting.Insert(later < 0 ? _waiting.Count : later, job);
            Renumber();
        }
    }

    /// <summary>
    /// Takes the first job from the queue and counts it as running. Of the jobs on which an earlier run may have crashed, one runs at a
    /// time: a further crash must not count against the others.
    /// </summary>
    /// <returns>Null if no job can run now.</returns>
    public RecognitionJob? TakeFirst()
    {
        lock (_gate)
        {
            if (_waiting.Find(job => _retried is null || !job.IsRetried) is not { } first)
                return null;
            _waiting.Remove(first);
            _running++;
            if (first.IsRetried)
                _retried = first;
            Renumber();
            return first;
        }
    }

    /// <summary>Takes all jobs from the queue and counts them as running.</summary>
    public RecognitionJob[] TakeAll()
    {
        lock (_gate)
        {
            RecognitionJob[] taken = [.. _waiting];
            _waiting.Clear();
            _running += taken.Length;
            return taken;
        }
    }

    /// <summary>Removes a queued job from the queue and counts it as running until <see cref="EndRunning"/>.</summary>
    /// <returns>False if the job is not queued.</returns>
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

    /// <summary>Counts a running job as finished; <see cref="Find"/> still returns it until <see cref="Remove"/>.</summary>
    /// <returns>Whether a queued job may have waited for its end.</returns>
    public bool EndRunning(RecognitionJob job)
    {
        lock (_gate)
        {
            _running--;
            if (_retried != job)
                return false;
            _retried = null;
            return _waiting.Count > 0;
        }
    }

    /// <summary>Removes a finished job.</summary>
    public void Remove(RecognitionJob job)
    {
        lock (_gate)
            _jobs.Remove(job.Id);
    }

    /// <summary>Returns a job by its identifier, or null if it is unknown.</summary>
    public RecognitionJob? Find(string id)
    {
        lock (_gate)
            return _jobs.GetValueOrDefault(id);
    }

    /// <summary>Returns all jobs in any state.</summary>
    public RecognitionJob[] All()
    {
        lock (_gate)
            return [.. _jobs.Values];
    }

    /// <summary>Stops admitting jobs.</summary>
    /// <returns>All jobs in any state.</returns>
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
