using SpeechEmotion.Server.Gradio.Streams;
using SpeechEmotion.Server.Jobs;

namespace SpeechEmotion.Server.Gradio;

/// <summary>
/// The events of one client and their messages. The messages wait for a stream and are kept until a stream has delivered all of
/// them, so a client that reconnects receives them. Thread-safe.
/// </summary>
/// <param name="hash">The client's name for the session.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">Signalled when the server stops.</param>
internal sealed class GradioSession(string hash, TimeProvider time, CancellationToken stopping)
{
    private const int MaxMessages = 200;

    private readonly Lock _gate = new();
    private readonly List<GradioMessage> _messages = [];
    private readonly List<GradioEvent> _pending = [];
    private readonly ChangeSignal _changed = new();
    private long _last;
    private long _delivered;
    private int _streams;

    /// <summary>The client's name for the session.</summary>
    public string Hash { get; } = hash;

    /// <summary>The time of its last activity.</summary>
    public DateTimeOffset LastUsed { get; private set; } = time.GetUtcNow();

    /// <summary>Whether the session has neither a pending event nor an open stream.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _pending.Count == 0 && _streams == 0;
        }
    }

    /// <summary>Whether the session has a pending event or messages of an earlier one.</summary>
    public bool HasEvents
    {
        get
        {
            lock (_gate)
                return _pending.Count > 0 || _messages.Count > 0;
        }
    }

    /// <summary>Adds an event.</summary>
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

    /// <summary>Removes an event that has no messages yet.</summary>
    public void Remove(GradioEvent refused)
    {
        lock (_gate)
        {
            _pending.Remove(refused);
            _changed.Raise();
        }
    }

    /// <summary>Posts a message about an event.</summary>
    /// <param name="json">The message.</param>
    /// <param name="progress">The event if the message reports its progress; otherwise null.</param>
    public void Post(string json, GradioEvent? progress = null) => Append(json, null, progress);

    /// <summary>Completes an event and posts its last message.</summary>
    public void Finish(GradioEvent ended, PredictionOutcome outcome)
    {
        ended.Complete(outcome, time.GetUtcNow());
        Append(null, ended, null);
    }

    /// <summary>Opens a stream.</summary>
    /// <returns>The number after which its messages start. If there are no new messages, the delivered ones are repeated.</returns>
    public long BeginStream()
    {
        lock (_gate)
        {
            _streams++;
            return _pending.Count == 0 && _delivered == _last ? 0 : _delivered;
        }
    }

    /// <summary>Closes a stream.</summary>
    /// <param name="complete">Whether the stream has delivered all messages.</param>
    public void EndStream(bool complete)
    {
        lock (_gate)
        {
            _streams--;
            LastUsed = time.GetUtcNow();
            if (!complete)
                _ = LeaveAsync([.. _pending]);
        }
    }

    /// <summary>Ends the heartbeat of the client, which may have disconnected.</summary>
    public void EndHeartbeat()
    {
        lock (_gate)
            _ = LeaveAsync([.. _pending]);
    }

    /// <summary>Returns the messages after a number, and a task that completes when there are more.</summary>
    public (IReadOnlyList<GradioMessage> Messages, Task Changed) Read(long after)
    {
        lock (_gate)
            return ([.. _messages.Where(message => message.Number > after)], _changed.Next);
    }

    /// <summary>
    /// Returns whether a stream that has sent all messages up to a number may end, because no event is pending. For a later event,
    /// the client opens a new stream.
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

    private void Append(string? json, GradioEvent? completed, GradioEvent? progress)
    {
        lock (_gate)
        {
            if (completed is not null)
                _pending.Remove(completed);
            if (progress is not null)
                _messages.RemoveAll(message => message.Progress == progress);
            if (_messages.Count >= MaxMessages)
                MakeRoom();
            _messages.Add(new(++_last, json, completed, progress));
            LastUsed = time.GetUtcNow();
            _changed.Raise();
        }
    }

    /// <summary>Drops messages. The outcome of an event is more important than its progress.</summary>
    private void MakeRoom()
    {
        _messages.RemoveAll(message => message.Completed is null);
        if (_messages.Count >= MaxMessages)
            _messages.RemoveRange(0, _messages.Count / 2);
    }

    /// <summary>
    /// Cancels the events of a client that does not reconnect in time. Connections that a stopping server closes do not count.
    /// </summary>
    private async Task LeaveAsync(GradioEvent[] left)
    {
        if (left.Length == 0)
            return;
        await Task.Delay(GradioSessions.Grace, time);
        lock (_gate)
        {
            if (_streams > 0 || stopping.IsCancellationRequested)
                return;
        }
        foreach (var pending in left)
            pending.Cancel();
    }
}
