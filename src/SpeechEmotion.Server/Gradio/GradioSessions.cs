using SpeechEmotion.Server.Gradio.Streams;

namespace SpeechEmotion.Server.Gradio;

/// <summary>All sessions and their events. Ended ones are kept for a while, up to a limit. Thread-safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="stopping">Signalled when the server stops.</param>
internal sealed class GradioSessions(TimeProvider time, CancellationToken stopping)
{
    /// <summary>How long a client may be disconnected before its events are cancelled.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long an inactive session and its results are kept.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(15);

    /// <summary>The limit of sessions.</summary>
    public const int MaxCount = 5000;

    /// <summary>The limit of events, beyond which ended events are dropped.</summary>
    public const int MaxEvents = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, GradioSession> _sessions = [];
    private readonly Dictionary<string, (GradioEvent Event, GradioSession Session)> _events = [];

    /// <summary>Adds an event to a session, and creates the session if it does not exist.</summary>
    /// <exception cref="Http.RequestException"><c>gradio.too_many_sessions</c>.</exception>
    public GradioSession Add(string hash, GradioEvent added)
    {
        lock (_gate)
        {
            var session = Open(hash);
            session.Add(added);
            if (_events.Count >= MaxEvents)
            {
                var ended = _events.Values.Select(pair => pair.Event).Where(known => known.Ended is not null);
                ForgetEvents([.. ended.OrderBy(known => known.Ended).Take(MaxEvents / 10)]);
            }
            _events.Add(added.Id, (added, session));
            return session;
        }
    }

    /// <summary>Removes an event that was refused before it had messages.</summary>
    public void Remove(GradioEvent refused)
    {
        lock (_gate)
        {
            if (_events.Remove(refused.Id, out var known))
                known.Session.Remove(refused);
        }
    }

    /// <summary>Returns a session; null if it does not exist.</summary>
    public GradioSession? Find(string hash)
    {
        lock (_gate)
            return _sessions.GetValueOrDefault(hash);
    }

    /// <summary>Returns an event; null if it does not exist or was forgotten.</summary>
    public GradioEvent? FindEvent(string id)
    {
        lock (_gate)
            return _events.GetValueOrDefault(id).Event;
    }

    /// <summary>Forgets expired sessions and events.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            var limit = time.GetUtcNow() - TimeToLive;
            Forget([.. _sessions.Values.Where(session => session.LastUsed < limit && session.IsIdle)]);
            ForgetEvents([.. _events.Values.Select(pair => pair.Event).Where(known => known.Ended < limit)]);
        }
    }

    private GradioSession Open(string hash)
    {
        if (_sessions.TryGetValue(hash, out var known))
            return known;
        if (_sessions.Count >= MaxCount)
        {
            Forget([.. _sessions.Values.Where(session => session.IsIdle).OrderBy(session => session.LastUsed).Take(MaxCount / 10)]);
            if (_sessions.Count >= MaxCount)
                throw GradioErrors.TooManySessions();
        }
        return _sessions[hash] = new(hash, time, stopping);
    }

    private void Forget(HashSet<GradioSession> sessions)
    {
        foreach (var session in sessions)
            _sessions.Remove(session.Hash);
        ForgetEvents([.. _events.Values.Where(pair => sessions.Contains(pair.Session)).Select(pair => pair.Event)]);
    }

    private void ForgetEvents(IReadOnlyList<GradioEvent> events)
    {
        foreach (var known in events)
            _events.Remove(known.Id);
    }
}
