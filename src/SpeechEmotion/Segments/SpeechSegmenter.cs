namespace SpeechEmotion.Segments;

/// <summary>
/// Cuts one channel into segments of speech as its samples arrive. A segment is returned as soon as its end is certain, and
/// depends only on the samples up to that point, so a live stream and a file give the same segments. Memory is bounded by the
/// longest segment. Not thread-safe.
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
    private long _processed;
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

    /// <summary>Processes the next samples.</summary>
    /// <returns>The segments whose end became certain; valid until the next call.</returns>
    public IReadOnlyList<SpeechSegment> Add(ReadOnlySpan<float> samples)
    {
        _closed.Clear();
        _window.Append(samples);
        foreach (var probability in _activity.Add(samples))
            Process(probability);
        // The padding of speech that may begin with the next frame is still needed.
        _window.Forget(_speaking ? _start : Math.Max(_lastEnd, FrameGrid.Floor(_processed - _padding)));
        return _closed;
    }

    /// <summary>Ends the channel.</summary>
    /// <returns>The segment that was still open, if any.</returns>
    public IReadOnlyList<SpeechSegment> Complete()
    {
        _closed.Clear();
        foreach (var probability in _activity.Complete())
            Process(probability);
        if (_speaking)
            Close(_silentFrom >= 0 ? _silentFrom : _window.End, _window.End);
        return _closed;
    }

    /// <summary>
    /// The segment whose end is not certain yet, as if the samples ended now: its first sample and the one after its last; null for
    /// none.
    /// </summary>
    public (long Start, long End)? OpenSegment => !_speaking ? null
        : (_start, _silentFrom < 0 ? _window.End : Math.Min(FrameGrid.Ceiling(_silentFrom + _padding), _window.End));

    /// <summary>
    /// The last place where a segment may end now. Samples in the window after the processed frames must not count: their number
    /// depends on the blocks in which the samples arrive.
    /// </summary>
    private long Certain => Math.Min(FrameGrid.Floor(_processed - FrameGrid.Overlap), _window.End);

    /// <summary>
    /// Speech begins with a frame at the threshold. It ends when frames stay below the end threshold for the length of a pause,
    /// counted from the first of them; frames between the two thresholds neither end the pause nor extend it (as in Silero's own
    /// tools).
    /// </summary>
    private void Process(float probability)
    {
        var (from, to) = (_processed, _processed + VoiceActivityModel.FrameSamples);
        _processed = to;
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
        // The samples of the next frame and the padding must still fit.
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
        Emit(Math.Min(FrameGrid.Ceiling(end + _padding), most), end);
    }

    /// <summary>
    /// Ends a segment of the greatest length: in a pause that is too short to separate segments if there is one, otherwise at the
    /// quietest point.
    /// </summary>
    private void Cut()
    {
        if (_silentFrom >= 0)
        {
            Close(_silentFrom, Certain);
            return;
        }
        var samples = _window.Slice(_start, Math.Min(_processed, _window.End));
        var powers = QuietPoint.Powers(samples);
        var cut = _start + ((long)QuietPoint.Between(powers, powers.Length / 3, powers.Length * 5 / 6) * FrameGrid.Hop);
        Emit(cut, cut);
        (_start, _voicedFrom) = (cut, cut);
    }

    private void Emit(long end, long voicedTo)
    {
        // A remainder between a cut and the end of the recording that is shorter than a frame cannot be scored.
        if (end - _start < FrameGrid.Hop + FrameGrid.Overlap)
            return;
        var samples = _window.Slice(_start, Math.Min(end + FrameGrid.Overlap, _window.End)).ToArray();
        _closed.Add(new(_start, (int)(end - _start), (int)Math.Max(0, voicedTo - _voicedFrom), samples));
        _lastEnd = end;
    }
}
