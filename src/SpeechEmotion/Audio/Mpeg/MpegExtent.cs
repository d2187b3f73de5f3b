using SpeechEmotion.Audio.Sniffing;

namespace SpeechEmotion.Audio.Mpeg;

/// <summary>Where the sound of one stream of MPEG audio frames begins and ends, in samples.</summary>
internal sealed class MpegExtent
{
    /// <summary>Samples by which any decoder of layer III is late.</summary>
    private const int DecoderDelay = 529;

    private readonly byte[] _header;
    private readonly MpegTag? _tag;
    private readonly long _start;
    private readonly long _end = long.MaxValue;
    private readonly long _declared;

    /// <param name="first">The stream's first frame, which may be an encoder's tag.</param>
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

    /// <summary>Whether the first frame is a tag, and no sound.</summary>
    public bool HasTag => _tag is not null;

    /// <summary>Samples that the tag declares, those of the encoder counted; 0 where it does not.</summary>
    public long DeclaredSamples => _declared;

    /// <summary>Samples of the frames so far, those of the encoder counted.</summary>
    public long Position { get; private set; }

    /// <summary>Duration of all the streams of a file; null where there is none.</summary>
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

    /// <summary>Whether a frame goes on with this stream: it is alike, and no encoder's tag.</summary>
    public bool Includes(ReadOnlySpan<byte> frame) => MpegAudioFrame.IsAlike(_header, frame) && MpegTag.TryRead(frame) is null;

    /// <summary>Counts the next frame, and returns which of its samples are sound.</summary>
    public (int From, int To) Next(int samples)
    {
        var (begin, end) = (Position, Position + samples);
        Position = end;
        // Frames beyond those that the tag declares were joined to them, and are sound again.
        var last = begin >= _declared ? end : Math.Min(end, _end);
        var from = (int)Math.Clamp(_start - begin, 0, samples);
        return (from, (int)Math.Clamp(last - begin, from, samples));
    }
}
