namespace SpeechEmotion.Downloads;

/// <summary>
/// Counts the bytes of a download and reports them a few times a second, also while no data arrives. Thread-safe.
/// </summary>
internal sealed class TransferMeter : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    /// <summary>The shortest time over which a rate is meaningful.</summary>
    private static readonly TimeSpan LeastCourse = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);

    private readonly string _id;
    private readonly long _total;
    private readonly IProgress<PullProgress>? _progress;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Queue<(long Time, long Received)> _course = [];
    private readonly ITimer _clock;
    private long _here, _received, _fileStart, _reported;
    private bool _resting, _disposed;

    /// <param name="id">The model.</param>
    /// <param name="total">The bytes in all.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="time">The clock.</param>
    public TransferMeter(string id, long total, IProgress<PullProgress>? progress, TimeProvider time)
    {
        (_id, _total, _progress, _time, _reported) = (id, total, progress, time, time.GetTimestamp());
        _course.Enqueue((_reported, 0));
        _clock = time.CreateTimer(_ => Remind(), null, Interval * 5, Interval * 5);
    }

    /// <summary>Starts the next file: all bytes counted from now on belong to it.</summary>
    public void BeginFile()
    {
        lock (_gate)
            _fileStart = _here;
    }

    /// <summary>Counts bytes of an earlier attempt.</summary>
    public void Here(long bytes)
    {
        lock (_gate)
        {
            (_here, _resting) = (_here + bytes, false);
            Report(always: true);
        }
    }

    /// <summary>Counts received bytes.</summary>
    public void Add(long bytes)
    {
        lock (_gate)
        {
            (_here, _received, _resting) = (_here + bytes, _received + bytes, false);
            Report(always: _here == _total);
        }
    }

    /// <summary>Pauses the reports until the next bytes arrive, while another stage reports its own progress.</summary>
    public void Rest()
    {
        lock (_gate)
            _resting = true;
    }

    /// <summary>Discards the bytes counted for the current file.</summary>
    public void Restart()
    {
        lock (_gate)
            _here = _fileStart;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _clock.Dispose();
        lock (_gate)
            _disposed = true;
    }

    private void Remind()
    {
        lock (_gate)
        {
            if (!_resting)
                Report(always: false);
        }
    }

    private void Report(bool always)
    {
        var now = _time.GetTimestamp();
        if (_disposed || (!always && _time.GetElapsedTime(_reported, now) < Interval))
            return;
        _reported = now;
        _course.Enqueue((now, _received));
        while (_time.GetElapsedTime(_course.Peek().Time, now) > Window)
            _course.Dequeue();
        var (began, before) = _course.Peek();
        double? rate = _received > before && _time.GetElapsedTime(began, now) is var span && span >= LeastCourse
            ? (_received - before) / span.TotalSeconds
            : null;
        var left = rate is { } speed
            ? TimeSpan.FromSeconds(Math.Min((_total - _here) / speed, TimeSpan.FromDays(365).TotalSeconds))
            : (TimeSpan?)null;
        var fraction = _total > 0 ? Math.Min(1, (double)_here / _total) : 1;
        _progress?.Report(new(_id, PullStage.Downloading, fraction, _here, _total, rate, left));
    }
}
