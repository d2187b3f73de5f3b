using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio.Ffmpeg;

/// <summary>
/// The sound of a container that states the time of each block. Where it begins after the picture, or pauses, there is
/// silence, so that times fit those of the whole file. No sample is left out or moved to an earlier time: times that go back, or
/// that differ by less than a tenth of a second from where the samples before end, as those of encoders' delays and of rounding
/// do, change nothing.
/// </summary>
/// <param name="process">Gives samples of 32-bit floats as Matroska.</param>
/// <param name="format">Their rate and channels.</param>
/// <param name="start">
/// Seconds after the container's beginning at which the sound begins: of some containers ffmpeg counts times from the sound's own.
/// </param>
/// <param name="maxDuration">A silence that would make the recording longer than this is not believed.</param>
internal sealed class TimedSamples(DecoderProcess process, AudioFormat format, double start, TimeSpan maxDuration)
{
    /// <summary>What is shorter is an encoder's delay, or rounding.</summary>
    public static TimeSpan ShortestSilence { get; } = TimeSpan.FromSeconds(0.1);

    /// <summary>A silence that is longer is damage, or the time of a clock.</summary>
    public static TimeSpan LongestSilence { get; } = TimeSpan.FromHours(8);

    private const int Segment = 0x18538067;
    private const int Cluster = 0x1F43B675;
    private const int ClusterTime = 0xE7;
    private const int BlockGroup = 0xA0;
    private const int Block = 0xA1;
    private const int SimpleBlock = 0xA3;

    private readonly byte[] _skipped = new byte[4096];
    private readonly long _least = (long)(ShortestSilence.TotalSeconds * format.SampleRate);
    private readonly long _most = (long)(Math.Min(maxDuration.TotalSeconds, LongestSilence.TotalSeconds) * format.SampleRate);
    private readonly int _frameBytes = format.Channels * sizeof(float);
    private double? _shift;
    private long _clusterTime;
    private long _frames;
    private long _silence;
    private long _blockBytes;

    /// <summary>Fills the buffer, which takes whole frames; fewer samples come only at the end.</summary>
    public int Read(Span<float> samples)
    {
        var done = 0;
        while (done < samples.Length)
        {
            if (_silence > 0)
            {
                var count = (int)Math.Min(_silence * format.Channels, samples.Length - done);
                samples.Slice(done, count).Clear();
                _silence -= count / format.Channels;
                done += count;
                continue;
            }
            if (_blockBytes == 0)
            {
                if (!NextBlock())
                    break;
                continue;
            }
            var bytes = MemoryMarshal.AsBytes(samples[done..]);
            bytes = bytes[..(int)Math.Min(_blockBytes, bytes.Length)];
            var read = process.Read(bytes);
            _blockBytes -= read;
            done += read / sizeof(float);
            if (read < bytes.Length)
                break;
        }
        return done;
    }

    /// <summary>Goes to the samples of the next block, and puts silence before them where they begin later.</summary>
    private bool NextBlock()
    {
        while (ReadId() is { } id && ReadSize() is { } size)
        {
            if (id is Segment or Cluster or BlockGroup)
                continue;
            if (id is Block or SimpleBlock)
                return BeginBlock(size);
            if (id == ClusterTime && size is >= 0 and <= 8)
                _clusterTime = ReadNumber((int)size);
            else if (!Skip(size))
                return false;
        }
        return false;
    }

    private bool BeginBlock(long size)
    {
        // The number of the track, which is 1; the time within the cluster; flags.
        Span<byte> header = stackalloc byte[4];
        if (size < header.Length || process.Read(header) < header.Length)
            return false;
        var seconds = (_clusterTime + BinaryPrimitives.ReadInt16BigEndian(header[1..])) / 1000.0;
        _shift ??= Math.Max(0, start - seconds);
        _blockBytes = size - header.Length;
        var gap = (long)(((seconds + _shift.Value) * format.SampleRate) - _frames);
        if (gap > _least && _frames + gap < _most)
        {
            _silence = gap;
            _frames += gap;
        }
        _frames += _blockBytes / _frameBytes;
        return true;
    }

    /// <summary>Null at the end.</summary>
    private int? ReadId()
    {
        if (ReadByte() is not { } first)
            return null;
        var id = first;
        for (var length = Length(first); length > 1; length--)
            id = (id << 8) | ReadByte().GetValueOrDefault();
        return id;
    }

    /// <summary>Null at the end. That of what is open to its end is unknown, and of no use.</summary>
    private long? ReadSize()
    {
        if (ReadByte() is not { } first)
            return null;
        var length = Length(first);
        return ((long)(first & ((1 << (8 - length)) - 1)) << (8 * (length - 1))) | ReadNumber(length - 1);
    }

    /// <summary>The number of bytes of a number is that of the zero bits it begins with, and one.</summary>
    private static int Length(int first) => Math.Min(8, BitOperations.LeadingZeroCount((uint)first << 24) + 1);

    private long ReadNumber(int length)
    {
        long number = 0;
        for (; length > 0; length--)
            number = (number << 8) | (uint)ReadByte().GetValueOrDefault();
        return number;
    }

    private int? ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return process.Read(one) == 1 ? one[0] : null;
    }

    private bool Skip(long size)
    {
        for (int read; size > 0; size -= read)
        {
            read = process.Read(_skipped.AsSpan(0, (int)Math.Min(size, _skipped.Length)));
            if (read == 0)
                return false;
        }
        return size == 0;
    }
}
