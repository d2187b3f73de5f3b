using System.Buffers.Binary;
using System.Numerics;

namespace SpeechEmotion.Audio.Flac;

/// <summary>Reads bits, most significant first. Beyond the end it returns zeros and sets <see cref="IsOverrun"/>.</summary>
/// <param name="bytes">The bytes to read.</param>
internal ref struct FlacBits(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;
    private ulong _cache;
    private int _cached;

    /// <summary>Whether more bits were requested than the bytes contain.</summary>
    public bool IsOverrun { get; private set; }

    /// <summary>The number of bytes read, including a partly read one.</summary>
    public readonly int BytesRead => _position - (_cached / 8);

    /// <summary>Reads the next bits as an unsigned number.</summary>
    /// <param name="count">The number of bits, 0 to 56.</param>
    public ulong Read(int count)
    {
        if (count == 0)
            return 0;
        if (_cached < count)
            Fill(count);
        var value = _cache >> (64 - count);
        _cache <<= count;
        _cached -= count;
        return value;
    }

    /// <summary>Reads the next bits as a number in two's complement.</summary>
    /// <param name="count">The number of bits, 0 to 56.</param>
    public long ReadSigned(int count) => count == 0 ? 0 : (long)(Read(count) << (64 - count)) >> (64 - count);

    /// <summary>Counts the zeros before the next one bit, and reads that bit too.</summary>
    public int ReadUnary()
    {
        var zeros = 0;
        while (_cache == 0)
        {
            zeros += _cached;
            _cached = 0;
            if (_position >= _bytes.Length)
            {
                IsOverrun = true;
                return 0;
            }
            Fill(8);
        }
        var leading = BitOperations.LeadingZeroCount(_cache);
        _cache = leading == 63 ? 0 : _cache << (leading + 1);
        _cached -= leading + 1;
        return zeros + leading;
    }

    /// <summary>Advances to the next whole byte.</summary>
    public void Align() => Read(_cached % 8);

    private void Fill(int count)
    {
        if (_position + 8 <= _bytes.Length)
        {
            var room = (64 - _cached) / 8;
            var next = BinaryPrimitives.ReadUInt64BigEndian(_bytes[_position..]);
            if (room < 8)
                next = next >> (64 - (8 * room)) << (64 - (8 * room));
            _cache |= _cached == 64 ? 0 : next >> _cached;
            _cached += 8 * room;
            _position += room;
            return;
        }
        while (_cached <= 56 && _position < _bytes.Length)
        {
            _cache |= (ulong)_bytes[_position++] << (56 - _cached);
            _cached += 8;
        }
        if (_cached < count)
        {
            IsOverrun = true;
            _cached = count;
        }
    }
}
