using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>How long workers of a fleet that had nothing to do waited while chunks did. Thread-safe.</summary>
internal sealed class FleetWaits
{
    private readonly Lock _gate = new();
    private long? _waiting;
    private TimeSpan _longest;

    /// <summary>Records whether chunks wait now.</summary>
    public void Set(bool areChunksWaiting)
    {
        lock (_gate)
            _waiting = areChunksWaiting ? _waiting ?? Stopwatch.GetTimestamp() : null;
    }

    /// <summary>Records that a worker begins a recording after it had none.</summary>
    /// <param name="free">Timestamp of the end of its last one.</param>
    public void End(long free)
    {
        lock (_gate)
        {
            if (_waiting is { } since && Stopwatch.GetElapsedTime(Math.Max(free, since)) is var wait && wait > _longest)
                _longest = wait;
        }
    }

    /// <summary>Returns the longest wait since the last call.</summary>
    public TimeSpan Take()
    {
        lock (_gate)
        {
            var longest = _longest;
            _longest = default;
            return longest;
        }
    }
}
