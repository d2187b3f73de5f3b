namespace SpeechEmotion.Audio.Ogg;

/// <summary>Reads bits as Vorbis packs them, least significant first. Beyond the end it returns zeros.</summary>
/// <param name="bytes">The bytes to read.</param>
internal ref struct VorbisBits(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private long _position;

    /// <summary>Whether more bits were requested than the bytes contain.</summary>
    public readonly bool IsOverrun => _position > 8L * _bytes.Length;

    /// <summary>Reads the next bits as an unsigned number.</summary>
    /// <param name="count">The number of bits, 0 to 32.</param>
    public uint Read(int count)
    {
        ulong value = 0;
        for (var bit = 0; bit < count;)
        {
            var (index, offset) = ((int)Math.Min(_position >> 3, int.MaxValue), (int)(_position & 7));
            var taken = Math.Min(8 - offset, count - bit);
            if (index < _bytes.Length)
                value |= (ulong)((_bytes[index] >> offset) & ((1 << taken) - 1)) << bit;
            bit += taken;
            _position += taken;
        }
        return (uint)value;
    }

    public void Skip(long count) => _position += count;
}
