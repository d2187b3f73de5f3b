using SpeechEmotion.Audio.Sniffing;

namespace SpeechEmotion.Audio.Mpeg;

/// <summary>The range of samples with audio in one stream of MPEG audio frames.</summary>
internal sealed class MpegExtent
{
    /// <summary>The delay of any layer III decoder, in samples.</summary>
    private const int DecoderDelay = 529;

    private readonly byte[] _header;
    private readonly MpegTag? _tag;
    private readonly long _start;
    private readonly long _end = long.MaxValue;
    private readonly long _declared;

    /// <param name="first">The first frame of the stream, which may be an encoder's tag.</param>
    public MpegExtent(ReadOnlySpan<byte> first)
    {
        _header = first[..4].ToArray();
        _tag = MpegTag.TryRead(first);
        _declared = (_tag?.Frames ?? 0L) * MpegAudioFrame.Samples(first);
        if (_tag is not { Delay: { } delay })
            return;
        _start = delay + DecoderDelay;
        if (_declared > 0)
            _end = Math.Max(_start, _declared - Math.Max(0, _tag.Padding - DecoderDelay));
    }

    /// <summary>Whether the first frame is a tag without audio.</summary>
    public bool HasTag => _tag is not null;

    /// <summary>The number of samples that the tag declares, including the encoder's own; 0 if it declares none.</summary>
    public long DeclaredSamples => _declared;

    /// <summary>The number of samples in the frames so far, including the encoder's own.</summary>
    public long Position { get; private set; }

    /// <summary>Measures the duration of all streams in a file; null if there is none.</summary>
    public static TimeSpan? Measure(MpegFrames frames)
    {
        var seconds = 0.0;
        while (frames.Peek() is { IsEmpty: false } first)
        {
            var extent = new MpegExtent(first);
            var (rate, samples) = (MpegAudioFrame.SampleRate(first), 0L);
            if (extent.HasTag)
                frames.Read();
            while (frames.Peek() is { IsEmpty: false } frame && extent.Includes(frame))
            {
                var (from, to) = extent.Next(MpegAudioFrame.Samples(frame));
                samples += to - from;
                frames.Read();
            }
            seconds += (double)samples / rate;
        }
        return seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Whether a frame continues this stream: its header matches and it is not an encoder's tag.</summary>
    public bool Includes(ReadOnlySpan<byte> frame) => MpegAudioFrame.IsAlike(_header, frame) && MpegTag.TryRead(frame) is null;

    /// <summary>Counts the next frame and returns the range of its samples that is audio.</summary>
    public (int From, int To) Next(int samples)
    {
        var (begin, end) = (Position, Position + samples);
        Position = end;
        // Frames beyond those that the tag declares were appended later and contain audio again.
        var last = begin >= _declared ? end : Math.Min(end, _end);
        var from = (int)Math.Clamp(_start - begin, 0, samples);
        return (from, (int)Math.Clamp(last - begin, from, samples));
    }
}
