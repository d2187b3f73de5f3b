namespace SpeechEmotion.Server.Gradio;

/// <summary>
/// The events of one client and the messages about them, which wait for its stream and are kept until a stream has given
/// them all: a client that lost its connection finds them when it comes back. Thread-safe.
/// </summary>
internal sealed class GradioSession(string hash, TimeProvider time)
{
    private const int MaxMessages = 1000;

    private readonly Lock _gate = new();
    private readonly List<GradioMessage> _messages = [];
    private readonly List<GradioEvent> _pending = [];
    private TaskCompletionSource _changed = NewChange();
    private long _last;
    private long _delivered;
    private int _streams;
    private int _heartbeats;

    /// <summary>How it is called by its client.</summary>
    public string Hash { get; } = hash;

    /// <summary>When something last happened in it.</summary>
    public DateTimeOffset LastUsed { get; private set; } = time.GetUtcNow();

    /// <summary>True where nothing goes on and nobody listens.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _pending.Count == 0 && _streams == 0 && _heartbeats == 0;
        }
    }

    /// <summary>True where there was an event whose messages are still here, or may come.</summary>
    public bool HasEvents
    {
        get
        {
            lock (_gate)
                return _pending.Count > 0 || _messages.Count > 0;
        }
    }

    /// <summary>Takes an event.</summary>
    public void Add(GradioEvent added)
    {
        lock (_gate)
        {
            if (_pending.Count == 0 && _delivered == _last)
                _messages.Clear();
            _pending.Add(added);
            LastUsed = time.GetUtcNow();
        }
    }

    /// <summary>Tells about an event.</summary>
    public void Post(string json) => Append(json, null);

    /// <summary>Brings an event to its end, and tells so.</summary>
    public void Finish(GradioEvent ended, PredictionOutcome outcome)
    {
        ended.Complete(outcome, time.GetUtcNow());
        Append(null, ended);
    }

    /// <summary>A stream begins.</summary>
    /// <returns>The number after which its messages begin; what was given once is given again where there is nothing else.</returns>
    public long BeginStream()
    {
        lock (_gate)
        {
            _streams++;
            return _pending.Count == 0 && _delivered == _last ? 0 : _delivered;
        }
    }

    /// <summary>A stream ends.</summary>
    /// <param name="complete">Whether it has given everything.</param>
    public void EndStream(bool complete)
    {
        lock (_gate)
        {
            _streams--;
            LastUsed = time.GetUtcNow();
            if (!complete)
                _ = LeaveAsync([.. _pending], () => _streams == 0);
        }
    }

    /// <summary>A client shows that it is there.</summary>
    public void BeginHeartbeat()
    {
        lock (_gate)
            _heartbeats++;
    }

    /// <summary>It shows so no longer.</summary>
    public void EndHeartbeat()
    {
        lock (_gate)
        {
            _heartbeats--;
            LastUsed = time.GetUtcNow();
            _ = LeaveAsync([.. _pending], () => _streams == 0 && _heartbeats == 0);
        }
    }

    /// <summary>The messages after a number, and what tells that there are more.</summary>
    public (IReadOnlyList<GradioMessage> Messages, Task Changed) Read(long after)
    {
        lock (_gate)
            return ([.. _messages.Where(message => message.Number > after)], _changed.Task);
    }

    /// <summary>
    /// True where a stream that has come to this number may end: nothing is pending. An event that is taken later finds no
    /// stream, and its client opens one.
    /// </summary>
    public bool TryClose(long upTo)
    {
        lock (_gate)
        {
            if (_pending.Count > 0 || _last > upTo)
                return false;
            _delivered = Math.Max(_delivered, upTo);
            return true;
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Append(string? json, GradioEvent? completed)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (completed is not null)
                _pending.Remove(completed);
            if (_messages.Count >= MaxMessages)
                MakeRoom();
            _messages.Add(new(++_last, json, completed));
            LastUsed = time.GetUtcNow();
            (changed, _changed) = (_changed, NewChange());
        }
        changed.SetResult();
    }

    /// <summary>What an event has come to matters more than how it came there.</summary>
    private void MakeRoom()
    {
        _messages.RemoveAll(message => message.Completed is null);
        if (_messages.Count >= MaxMessages)
            _messages.RemoveRange(0, _messages.Count / 2);
    }

    /// <summary>A client that is gone for longer than a lost connection lasts wants nothing any more.</summary>
    private async Task LeaveAsync(GradioEvent[] left, Func<bool> isGone)
    {
        if (left.Length == 0)
            return;
        await Task.Delay(GradioSessions.Grace, time);
        lock (_gate)
        {
            if (!isGone())
                return;
        }
        foreach (var pending in left)
            pending.Cancel();
    }
}
