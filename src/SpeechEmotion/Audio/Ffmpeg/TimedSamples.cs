using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio.Ffmpeg;

/// <summary>
/// The audio of a container with a timestamp for each block. If the audio starts after the video, or pauses, silence fills the gap, so
/// that times match those of the whole file. No sample is dropped or moved to an earlier time: a timestamp that goes back, or that
/// differs from the end of the preceding samples by less than a tenth of a second, as encoder delays and rounding do, changes
/// nothing.
/// </summary>
/// <param name="process">The decoder, which writes 32-bit float samples as Matroska.</param>
/// <param name="format">The rate and channels of the samples.</param>
/// <param name="start">
/// The time in seconds from the start of the container to the start of its audio: for some containers ffmpeg counts timestamps from
/// the start of the audio.
/// </param>
/// <param name="maxDuration">The longest duration; a gap that would exceed it is ignored.</param>
internal sealed class TimedSamples(DecoderProcess process, AudioFormat format, double start, TimeSpan maxDuration)
{
    /// <summary>The shortest gap that is filled; a shorter one is encoder delay or rounding.</summary>
    public static TimeSpan ShortestSilence { get; } = TimeSpan.FromSeconds(0.1);

    /// <summary>The longest gap that is filled; a longer one is damage or a wall-clock time.</summary>
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

    /// <summary>Fills the buffer, whose length is a whole number of frames; returns fewer samples only at the end.</summary>
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

    /// <summary>Moves to the samples of the next block, and inserts silence before them if they start later.</summary>
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
        // The track number, which is 1; the time within the cluster; flags.
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

    /// <summary>Reads an element ID; null at the end.</summary>
    private int? ReadId()
    {
        if (ReadByte() is not { } first)
            return null;
        var id = first;
        for (var length = Length(first); length > 1; length--)
            id = (id << 8) | ReadByte().GetValueOrDefault();
        return id;
    }

    /// <summary>Reads an element size; null at the end. The size of an open-ended element is unknown, and not needed.</summary>
    private long? ReadSize()
    {
        if (ReadByte() is not { } first)
            return null;
        var length = Length(first);
        return ((long)(first & ((1 << (8 - length)) - 1)) << (8 * (length - 1))) | ReadNumber(length - 1);
    }

    /// <summary>The length of a number in bytes: the number of its leading zero bits plus one.</summary>
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
