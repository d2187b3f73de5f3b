namespace SpeechEmotion.Downloads;

/// <summary>Counts the bytes of a download and tells of them a few times a second, also while nothing comes. Thread-safe.</summary>
internal sealed class TransferMeter : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    /// <summary>What came in less says nothing of the rate.</summary>
    private static readonly TimeSpan LeastCourse = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);

    private readonly string _id;
    private readonly long _total;
    private readonly IProgress<PullProgress>? _progress;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Queue<(long Time, long Came)> _course = [];
    private readonly ITimer _clock;
    private long _here, _came, _fileStart, _told;
    private bool _resting, _disposed;

    /// <param name="id">The model.</param>
    /// <param name="total">Bytes in all.</param>
    /// <param name="progress">Is told.</param>
    /// <param name="time">The clock.</param>
    public TransferMeter(string id, long total, IProgress<PullProgress>? progress, TimeProvider time)
    {
        (_id, _total, _progress, _time, _told) = (id, total, progress, time, time.GetTimestamp());
        _course.Enqueue((_told, 0));
        _clock = time.CreateTimer(_ => Remind(), null, Interval * 5, Interval * 5);
    }

    /// <summary>Bytes that come now belong to the next file.</summary>
    public void BeginFile()
    {
        lock (_gate)
            _fileStart = _here;
    }

    /// <summary>So many bytes are here already.</summary>
    public void Here(long bytes)
    {
        lock (_gate)
        {
            (_here, _resting) = (_here + bytes, false);
            Tell(always: true);
        }
    }

    /// <summary>So many bytes came.</summary>
    public void Add(long bytes)
    {
        lock (_gate)
        {
            (_here, _came, _resting) = (_here + bytes, _came + bytes, false);
            Tell(always: _here == _total);
        }
    }

    /// <summary>Something else is done and told of, until bytes come again.</summary>
    public void Rest()
    {
        lock (_gate)
            _resting = true;
    }

    /// <summary>What came of the file was for nothing.</summary>
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
                Tell(always: false);
        }
    }

    private void Tell(bool always)
    {
        var now = _time.GetTimestamp();
        if (_disposed || (!always && _time.GetElapsedTime(_told, now) < Interval))
            return;
        _told = now;
        _course.Enqueue((now, _came));
        while (_time.GetElapsedTime(_course.Peek().Time, now) > Window)
            _course.Dequeue();
        var (began, before) = _course.Peek();
        double? rate = _came > before && _time.GetElapsedTime(began, now) is var span && span >= LeastCourse ? (_came - before) / span.TotalSeconds : null;
        var left = rate is { } speed ? TimeSpan.FromSeconds(Math.Min((_total - _here) / speed, TimeSpan.FromDays(365).TotalSeconds)) : (TimeSpan?)null;
        _progress?.Report(new(_id, PullStage.Downloading, _total > 0 ? Math.Min(1, (double)_here / _total) : 1, _here, _total, rate, left));
    }
}
