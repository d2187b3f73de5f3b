namespace SpeechEmotion.Server.Batches;

/// <summary>How fast a batch is processed: over the last minute, because recordings differ and other programs come and go.</summary>
internal sealed class BatchSpeed(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private long _begun = time.GetTimestamp();
    private readonly Queue<(long At, int Items, double Seconds)> _recent = [];
    private (int Items, double Seconds) _sum;
    private (long At, int Items, double Seconds)? _observed;

    /// <summary>Recordings per second; 0 if unknown.</summary>
    public double ItemsPerSecond => Rate(_sum.Items);

    /// <summary>Seconds of sound per second; 0 if unknown.</summary>
    public double TimesRealTime => Rate(_sum.Seconds);

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begun);

    /// <summary>Adds outcomes.</summary>
    public void Add(int items, double seconds)
    {
        _recent.Enqueue((time.GetTimestamp(), items, seconds));
        _sum = (_sum.Items + items, _sum.Seconds + seconds);
        Forget();
    }

    /// <summary>Adds what was completed since the last call.</summary>
    /// <param name="items">Recordings that are completed.</param>
    /// <param name="seconds">Their sound.</param>
    public void Observe(int items, double seconds)
    {
        var now = time.GetTimestamp();
        // What was completed since a call that is long ago was not completed in the last minute.
        if (_observed is not var (at, itemsBefore, secondsBefore) || time.GetElapsedTime(at, now) > Window)
            _begun = now;
        else if (items > itemsBefore)
            Add(items - itemsBefore, seconds - secondsBefore);
        _observed = (now, items, seconds);
    }

    /// <summary>The time that the given number of recordings takes; null if unknown.</summary>
    public TimeSpan? Left(int items) => ItemsPerSecond is > 0 and var rate ? TimeSpan.FromSeconds(Math.Min(items / rate, 1e9)) : null;

    private double Rate(double sum)
    {
        Forget();
        var span = Elapsed < Window ? Elapsed : Window;
        return span > TimeSpan.Zero ? sum / span.TotalSeconds : 0;
    }

    private void Forget()
    {
        while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > Window)
        {
            _recent.Dequeue();
            _sum = (_sum.Items - oldest.Items, _sum.Seconds - oldest.Seconds);
        }
    }
}
