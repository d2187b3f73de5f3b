namespace SpeechEmotion.Downloads;

/// <summary>Counts the bytes of a download and tells of them a few times a second. Thread-safe.</summary>
/// <param name="id">The model.</param>
/// <param name="total">Bytes in all.</param>
/// <param name="progress">Is told.</param>
/// <param name="time">The clock.</param>
internal sealed class TransferMeter(string id, long total, IProgress<PullProgress>? progress, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    /// <summary>What came in less says nothing of the rate.</summary>
    private static readonly TimeSpan LeastCourse = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);

    private readonly Lock _gate = new();
    private readonly Queue<(long Time, long Came)> _course = [];
    private long _here, _came, _fileStart;
    private long? _told;

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
            _here += bytes;
            Tell(always: true);
        }
    }

    /// <summary>So many bytes came.</summary>
    public void Add(long bytes)
    {
        lock (_gate)
        {
            (_here, _came) = (_here + bytes, _came + bytes);
            Tell(always: _here == total);
        }
    }

    /// <summary>What came of the file was for nothing.</summary>
    public void Restart()
    {
        lock (_gate)
            _here = _fileStart;
    }

    private void Tell(bool always)
    {
        var now = time.GetTimestamp();
        if (!always && _told is { } told && time.GetElapsedTime(told, now) < Interval)
            return;
        _told = now;
        _course.Enqueue((now, _came));
        while (time.GetElapsedTime(_course.Peek().Time, now) > Window)
            _course.Dequeue();
        var (began, before) = _course.Peek();
        double? rate = _came > before && time.GetElapsedTime(began, now) is var span && span >= LeastCourse ? (_came - before) / span.TotalSeconds : null;
        var left = rate is { } speed ? TimeSpan.FromSeconds(Math.Min((total - _here) / speed, TimeSpan.FromDays(365).TotalSeconds)) : (TimeSpan?)null;
        progress?.Report(new(id, PullStage.Downloading, total > 0 ? Math.Min(1, (double)_here / total) : 1, _here, total, rate, left));
    }
}
