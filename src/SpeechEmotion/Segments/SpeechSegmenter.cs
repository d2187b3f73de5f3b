namespace SpeechEmotion.Segments;

/// <summary>
/// Cuts one channel into segments of speech as its samples come. A segment is given out as soon as its end is certain, and
/// depends only on what was heard until then: a live stream and a file give the same. Memory is bounded by the longest
/// segment. Not thread-safe.
/// </summary>
internal sealed class SpeechSegmenter
{
    private readonly SegmentationOptions _options;
    private readonly VoiceActivity _activity = new();
    private readonly WaveformWindow _window = new();
    private readonly List<SpeechSegment> _closed = [];
    private readonly int _pause;
    private readonly int _padding;
    private readonly int _longest;
    private long _heard;
    private long _lastEnd;
    private long _start;
    private long _voicedFrom;
    private long _silentFrom;
    private bool _speaking;

    public SpeechSegmenter(SegmentationOptions options)
    {
        options.Check();
        _options = options;
        _pause = FrameGrid.Samples(options.Pause);
        _padding = FrameGrid.Samples(options.Padding);
        _longest = (int)FrameGrid.Floor(FrameGrid.Samples(options.Longest));
    }

    /// <summary>Hears the next samples.</summary>
    /// <returns>The segments whose end became certain; valid until the next call.</returns>
    public IReadOnlyList<SpeechSegment> Add(ReadOnlySpan<float> samples)
    {
        _closed.Clear();
        _window.Append(samples);
        foreach (var probability in _activity.Add(samples))
            Hear(probability);
        // The padding of what may begin with the next frame is still needed.
        _window.Forget(_speaking ? _start : Math.Max(_lastEnd, FrameGrid.Floor(_heard - _padding)));
        return _closed;
    }

    /// <summary>Says that no more samples come.</summary>
    /// <returns>What was still open.</returns>
    public IReadOnlyList<SpeechSegment> Complete()
    {
        _closed.Clear();
        foreach (var probability in _activity.Complete())
            Hear(probability);
        if (_speaking)
            Close(_silentFrom >= 0 ? _silentFrom : _window.End, _window.End);
        return _closed;
    }

    /// <summary>The segment whose end is not certain yet, as if the samples ended now: its first sample and the one after it; null for none.</summary>
    public (long Start, long End)? OpenSegment => !_speaking ? null
        : (_start, _silentFrom < 0 ? _window.End : Math.Min(FrameGrid.Ceiling(_silentFrom + _padding), _window.End));

    /// <summary>
    /// The last place where a segment may end for now. What lies in the window after the frames that were heard must not
    /// count: how much that is depends on the blocks in which the samples come.
    /// </summary>
    private long Certain => Math.Min(FrameGrid.Floor(_heard - FrameGrid.Overlap), _window.End);

    /// <summary>
    /// Speech begins with a frame at the threshold and ends where frames stay below the lower one for the length of a pause,
    /// which counts from the first of them; frames in between neither end nor prolong it (as in Silero's own tools).
    /// </summary>
    private void Hear(float probability)
    {
        var (from, to) = (_heard, _heard + VoiceActivityModel.FrameSamples);
        _heard = to;
        if (probability >= _options.Threshold)
        {
            _silentFrom = -1;
            if (!_speaking)
                Open(from);
        }
        else if (_speaking && probability < _options.EndThreshold)
        {
            if (_silentFrom < 0)
                _silentFrom = from;
            if (from - _silentFrom >= _pause)
                Close(_silentFrom, Certain);
        }
        // What comes with the next frame and the padding must still fit.
        if (_speaking && to + VoiceActivityModel.FrameSamples + _padding + FrameGrid.Hop - _start > _longest)
            Cut();
    }

    private void Open(long from)
    {
        _speaking = true;
        _start = Math.Max(FrameGrid.Floor(Math.Max(0, from - _padding)), _lastEnd);
        _voicedFrom = from;
    }

    private void Close(long end, long most)
    {
        _speaking = false;
        Give(Math.Min(FrameGrid.Ceiling(end + _padding), most), end);
    }

    /// <summary>It is as long as it may be. In a pause that is too short to part, this is where it ends; else at its quietest point.</summary>
    private void Cut()
    {
        if (_silentFrom >= 0)
        {
            Close(_silentFrom, Certain);
            return;
        }
        var samples = _window.Slice(_start, Math.Min(_heard, _window.End));
        var powers = QuietPoint.Powers(samples);
        var cut = _start + ((long)QuietPoint.Between(powers, powers.Length / 3, powers.Length * 5 / 6) * FrameGrid.Hop);
        Give(cut, cut);
        (_start, _voicedFrom) = (cut, cut);
    }

    private void Give(long end, long voicedTo)
    {
        // Between a cut and the end of the recording there may be less than a frame, which nothing can be told of.
        if (end - _start < FrameGrid.Hop + FrameGrid.Overlap)
            return;
        var samples = _window.Slice(_start, Math.Min(end + FrameGrid.Overlap, _window.End)).ToArray();
        _closed.Add(new(_start, (int)(end - _start), (int)Math.Max(0, voicedTo - _voicedFrom), samples));
        _lastEnd = end;
    }
}
