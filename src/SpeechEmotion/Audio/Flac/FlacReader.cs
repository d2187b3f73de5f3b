namespace SpeechEmotion.Audio.Flac;

/// <summary>
/// Decodes one FLAC stream. Checksums identify frames: the reader skips and counts bytes between two of them and damaged
/// frames.
/// </summary>
internal sealed class FlacReader : BlockReader
{
    private const int UsualBytes = 1 << 14;

    /// <summary>65536 samples of 8 channels and 33 bits, and a header.</summary>
    private const int MaxFrameBytes = (65536 * 8 * 33 / 8) + 64;

    /// <summary>Bytes that may be looked at in vain for each byte of the file: made-up headers could cost a hundred thousand.</summary>
    private const int MaxVainRatio = 64;

    private readonly ByteWindow _bytes;
    private readonly FlacStreamInfo _info;
    private readonly FlacFrame _frame;
    private int _viewBytes = UsualBytes;
    private long _frames;
    private long _skipped;
    private long _vain;
    private bool _ended;

    private FlacReader(ByteWindow bytes, FlacStreamInfo info)
    {
        (_bytes, _info, _frame) = (bytes, info, new(info));
        TimeSpan? duration = info.Frames > 0 ? TimeSpan.FromSeconds((double)info.Frames / info.SampleRate) : null;
        Format = new("FLAC", "flac", info.SampleRate, info.Channels, duration, "built-in");
    }

    public override AudioFormat Format { get; }

    public override AudioLoss? Loss => !_ended ? null : _info.Frames > 0 ? AudioLoss.OfFrames(_info.Frames, _frames, _info.SampleRate) : AudioLoss.Of(default, _skipped);

    /// <summary>Opens a file of one FLAC stream, or of several in a row.</summary>
    /// <param name="source">The recording; its stream begins where the source says.</param>
    /// <exception cref="Errors.AudioException">Its header is damaged.</exception>
    public static JoinedReader Open(AudioInput source)
    {
        var bytes = new ByteWindow(source.OpenBytes());
        JoinedReader? reader = null;
        try
        {
            bytes.MoveTo(source.Start);
            var first = TryOpen(bytes) ?? throw AudioErrors.Damaged(source.Name, "its FLAC header is cut short or false", "FLAC 文件头不完整或有误");
            return reader = new(first, () => TryOpen(bytes), bytes, first.Format.Duration, () => null);
        }
        finally
        {
            if (reader is null)
                bytes.Dispose();
        }
    }

    private static FlacReader? TryOpen(ByteWindow bytes) =>
        FlacStreamInfo.TryRead(bytes) is { SampleRate: > 0, Bits: >= 4 } info ? new(bytes, info) : null;

    protected override ReadOnlyMemory<float> Decode()
    {
        while (!_ended)
        {
            var view = _bytes.View(_viewBytes);
            if (_frame.TryDecode(view, out var length, out var tooFewBytes))
            {
                _bytes.Skip(length);
                _frames += _frame.Interleaved.Length / _info.Channels;
                return _frame.Interleaved;
            }
            _vain += length;
            if (tooFewBytes && view.Length == _viewBytes && _viewBytes < MaxFrameBytes)
                _viewBytes = Math.Min(2 * _viewBytes, MaxFrameBytes);
            else
                Resynchronise();
        }
        return default;
    }

    /// <summary>Moves to the next place where a frame may begin, or ends where another stream does.</summary>
    private void Resynchronise()
    {
        var view = _bytes.View(UsualBytes);
        if (view.Length < 4 || view.StartsWith("fLaC"u8) || _vain > MaxVainRatio * (_bytes.Position + MaxFrameBytes))
        {
            _ended = true;
            return;
        }
        // A frame that only seemed to be long costs nothing any more.
        _viewBytes = UsualBytes;
        var skip = 1;
        while (skip < view.Length - 3 && !FlacFrameHeader.IsSync(view[skip..]) && !view[skip..].StartsWith("fLaC"u8))
            skip++;
        _skipped += skip;
        _bytes.Skip(skip);
    }
}
