using System.Buffers;
using SpeechEmotion.Audio.Raw;

namespace SpeechEmotion.Server.Live;

/// <summary>What comes in a live stream, and how often it is told how things stand.</summary>
/// <param name="SampleRate">Hz.</param>
/// <param name="Channels">Channels, interleaved.</param>
/// <param name="Encoding">How its samples are written.</param>
/// <param name="Hop">From one partial to the next.</param>
/// <param name="Window">What a partial is about.</param>
internal sealed record LiveFormat(int SampleRate, int Channels, RawEncoding Encoding, TimeSpan Hop, TimeSpan Window)
{
    /// <summary>Bytes of one sample of every channel.</summary>
    public int FrameBytes => Channels * Encoding.SampleBytes;

    /// <summary>Bytes of whole frames that last about so long, at most so many and at least one frame.</summary>
    public int BytesOf(TimeSpan time, int most) =>
        Math.Max(1, (int)Math.Min(time.TotalSeconds * SampleRate, most / FrameBytes)) * FrameBytes;

    /// <summary>How long so many bytes last.</summary>
    public TimeSpan TimeOf(long bytes) => TimeSpan.FromSeconds((double)bytes / FrameBytes / SampleRate);

    /// <summary>Decodes whole frames.</summary>
    /// <returns>How many samples there are.</returns>
    public int Decode(in ReadOnlySequence<byte> bytes, Span<float> samples)
    {
        if (bytes.IsSingleSegment)
            return Encoding.Decode(bytes.FirstSpan, samples);
        var whole = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        try
        {
            bytes.CopyTo(whole);
            return Encoding.Decode(whole.AsSpan(0, (int)bytes.Length), samples);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }
}
