using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Server.Live;

/// <summary>What comes in a live stream, and how often it is told how things stand.</summary>
/// <param name="SampleRate">Hz.</param>
/// <param name="Channels">Channels, interleaved.</param>
/// <param name="IsFloat">32-bit floating point; else 16-bit integers. Both little-endian.</param>
/// <param name="Hop">From one partial to the next.</param>
/// <param name="Window">What a partial is about.</param>
internal sealed record LiveFormat(int SampleRate, int Channels, bool IsFloat, TimeSpan Hop, TimeSpan Window)
{
    /// <summary>Bytes of one sample of every channel.</summary>
    public int FrameBytes => Channels * SampleBytes;

    private int SampleBytes => IsFloat ? sizeof(float) : sizeof(short);

    /// <summary>Bytes of whole frames that last about so long, at most so many and at least one frame.</summary>
    public int BytesOf(TimeSpan time, int most) =>
        Math.Max(1, (int)Math.Min(time.TotalSeconds * SampleRate, most / FrameBytes)) * FrameBytes;

    /// <summary>How long so many bytes last.</summary>
    public TimeSpan TimeOf(long bytes) => TimeSpan.FromSeconds((double)bytes / FrameBytes / SampleRate);

    /// <summary>Decodes whole frames.</summary>
    /// <returns>How many samples there are.</returns>
    public int Decode(in ReadOnlySequence<byte> bytes, Span<float> samples)
    {
        var count = (int)bytes.Length / SampleBytes;
        // Room for floats holds the bytes of both kinds; integers are widened from the end, over bytes that were read.
        var raw = MemoryMarshal.AsBytes(samples[..count])[..(int)bytes.Length];
        bytes.CopyTo(raw);
        for (var i = count - 1; i >= 0; i--)
        {
            samples[i] = IsFloat
                ? BinaryPrimitives.ReadSingleLittleEndian(raw[(i * sizeof(float))..])
                : BinaryPrimitives.ReadInt16LittleEndian(raw[(i * sizeof(short))..]) * (1 / 32768f);
        }
        return count;
    }
}
