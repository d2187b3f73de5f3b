using System.Buffers;
using SpeechEmotion.Audio.Raw;

namespace SpeechEmotion.Server.Live;

/// <summary>The audio format of a live stream and the timing of its partial results.</summary>
/// <param name="SampleRate">The sample rate in Hz.</param>
/// <param name="Channels">The number of channels, interleaved.</param>
/// <param name="Encoding">The encoding of a sample.</param>
/// <param name="Hop">The interval between partial results.</param>
/// <param name="Window">The length of the audio that a partial result covers.</param>
internal sealed record LiveFormat(int SampleRate, int Channels, RawEncoding Encoding, TimeSpan Hop, TimeSpan Window)
{
    /// <summary>The bytes of one sample of every channel.</summary>
    public int FrameBytes => Channels * Encoding.SampleBytes;

    /// <summary>Returns the bytes of whole frames that last about the given time: at most the given bytes, at least one frame.</summary>
    public int BytesOf(TimeSpan time, int most) =>
        Math.Max(1, (int)Math.Min(time.TotalSeconds * SampleRate, most / FrameBytes)) * FrameBytes;

    /// <summary>Returns the duration of a number of bytes.</summary>
    public TimeSpan TimeOf(long bytes) => TimeSpan.FromSeconds((double)bytes / FrameBytes / SampleRate);

    /// <summary>Decodes whole frames.</summary>
    /// <returns>The number of samples.</returns>
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
