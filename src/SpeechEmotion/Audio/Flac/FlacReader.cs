namespace SpeechEmotion.Audio.Flac;

/// <summary>
/// Decodes one FLAC stream. Checksums identify the frames; the reader skips and counts bytes between frames and damaged
/// frames.
/// </summary>
internal sealed class FlacReader : BlockReader
{
    private const int UsualBytes = 1 << 14;

    /// <summary>The largest frame: 65536 samples of 8 channels at 33 bits, and a header.</summary>
    private const int MaxFrameBytes = (65536 * 8 * 33 / 8) + 64;

    /// <summary>
    /// The number of bytes that may be examined in vain per byte of the file: forged headers could otherwise cost a hundred thousand.
    /// </summary>
    private const int MaxWastedRatio = 64;

    private readonly ByteWindow _bytes;
    private readonly FlacStreamInfo _info;
    private readonly FlacFrame _frame;
    private int _viewBytes = UsualBytes;
    private long _frames;
    private long _skipped;
    private long _wasted;
    private bool _ended;

    private FlacReader(ByteWindow bytes, FlacStreamInfo info)
    {
        (_bytes, _info, _frame) = (bytes, info, new(info));
        TimeSpan? duration = info.Frames > 0 ? TimeSpan.FromSeconds((double)info.Frames / info.SampleRate) : null;
        Format = new("FLAC", "flac", info.SampleRate, info.Channels, duration, "built-in");
    }

    public override AudioFormat Format { get; }

    public override AudioLoss? Loss => !_ended
        ? null
        : _info.Frames > 0
            ? AudioLoss.OfFrames(_info.Frames, _frames, _info.SampleRate)
            : AudioLoss.Of(default, _skipped);

    /// <summary>Opens a file of one FLAC stream or of several concatenated ones.</summary>
    /// <param name="source">The recording, whose stream starts at <see cref="AudioInput.Start"/>.</param>
    /// <exception cref="Errors.AudioException">The header is damaged.</exception>
    public static JoinedReader Open(AudioInput source)
    {
        var bytes = new ByteWindow(source.OpenBytes());
        JoinedReader? reader = null;
        try
        {
            bytes.MoveTo(source.Start);
            var first = TryOpen(bytes)
                ?? throw AudioErrors.Damaged(source.Name, "its FLAC header is truncated or invalid", "FLAC 文件头不完整或有误");
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
            _wasted += length;
            if (tooFewBytes && view.Length == _viewBytes && _viewBytes < MaxFrameBytes)
                _viewBytes = Math.Min(2 * _viewBytes, MaxFrameBytes);
            else
                Resynchronize();
        }
        return default;
    }

    /// <summary>Advances to the next position where a frame may start, or ends the stream where another one starts.</summary>
    private void Resynchronize()
    {
        var view = _bytes.View(UsualBytes);
        if (view.Length < 4 || view.StartsWith("fLaC"u8) || _wasted > MaxWastedRatio * (_bytes.Position + MaxFrameBytes))
        {
            _ended = true;
            return;
        }
        // The frame only seemed to be long, so return to the usual view.
        _viewBytes = UsualBytes;
        var skip = 1;
        while (skip < view.Length - 3 && !FlacFrameHeader.IsSync(view[skip..]) && !view[skip..].StartsWith("fLaC"u8))
            skip++;
        _skipped += skip;
        _bytes.Skip(skip);
    }
}
