using SpeechEmotion.Server.Gradio.Streams;
using SpeechEmotion.Server.Jobs;

namespace SpeechEmotion.Server.Gradio;

/// <summary>
/// The events of one client and the messages about them, which wait for its stream and are kept until a stream has given
/// them all: a client that lost its connection finds them when it comes back. Thread-safe.
/// </summary>
/// <param name="hash">How it is called by its client.</param>
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
                return _pending.Count == 0 && _streams == 0;
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

    /// <summary>Takes back an event that nothing was told about.</summary>
    public void Remove(GradioEvent refused)
    {
        lock (_gate)
        {
            _pending.Remove(refused);
            _changed.Raise();
        }
    }

    /// <summary>Tells about an event.</summary>
    /// <param name="json">The message.</param>
    /// <param name="progress">The event, where the message says how far it is.</param>
    public void Post(string json, GradioEvent? progress = null) => Append(json, null, progress);

    /// <summary>Brings an event to its end, and tells so.</summary>
    public void Finish(GradioEvent ended, PredictionOutcome outcome)
    {
        ended.Complete(outcome, time.GetUtcNow());
        Append(null, ended, null);
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
                _ = LeaveAsync([.. _pending]);
        }
    }

    /// <summary>Its client no longer shows that it is there.</summary>
    public void EndHeartbeat()
    {
        lock (_gate)
            _ = LeaveAsync([.. _pending]);
    }

    /// <summary>The messages after a number, and what tells that there are more.</summary>
    public (IReadOnlyList<GradioMessage> Messages, Task Changed) Read(long after)
    {
        lock (_gate)
            return ([.. _messages.Where(message => message.Number > after)], _changed.Next);
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

    /// <summary>What an event has come to matters more than how it came there.</summary>
    private void MakeRoom()
    {
        _messages.RemoveAll(message => message.Completed is null);
        if (_messages.Count >= MaxMessages)
            _messages.RemoveRange(0, _messages.Count / 2);
    }

    /// <summary>
    /// A client that is gone for longer than a lost connection lasts wants nothing any more. A stopping server breaks
    /// connections too, and that is no reason.
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
