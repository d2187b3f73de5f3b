using System.Numerics;

namespace SpeechEmotion.Audio.Ogg;

/// <summary>
/// The headers of a Vorbis stream (Vorbis I specification, chapters 3 and 4), parsed as far as needed to bound memory and to compute
/// the number of samples in a packet.
/// </summary>
internal sealed class VorbisSetup
{
    /// <summary>The limit on the codewords and values of all codebooks together; encoders use a tenth of it.</summary>
    private const int MaxEntries = 1 << 17;
    private const int MaxValues = 1 << 21;

    private const int IdentificationBytes = 30;
    private const int HeaderBytes = 7;

    private readonly bool[] _longBlocks;
    private readonly int _modeBits;
    private readonly int _shortBlock;
    private readonly int _longBlock;
    private int _previous;

    private VorbisSetup(ReadOnlySpan<byte> identification, bool[] longBlocks)
    {
        _longBlocks = longBlocks;
        _modeBits = longBlocks.Length > 1 ? BitOperations.Log2((uint)longBlocks.Length - 1) + 1 : 0;
        (_shortBlock, _longBlock) = (1 << (identification[28] & 15), 1 << (identification[28] >> 4));
    }

    /// <summary>Whether a packet is the first one of a Vorbis stream that can be decoded.</summary>
    public static bool IsIdentification(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < IdentificationBytes || !packet.StartsWith("\u0001vorbis\0\0\0\0"u8))
            return false;
        int small = packet[28] & 15, large = packet[28] >> 4;
        return packet[11] > 0 && small >= 6 && large <= 13 && small <= large;
    }

    /// <summary>Reads the headers; null if they are damaged or would take too much memory.</summary>
    public static VorbisSetup? TryRead(ReadOnlySpan<byte> identification, ReadOnlySpan<byte> setup)
    {
        if (!setup.StartsWith("\u0005vorbis"u8) || !AreCodebooksBounded(setup[HeaderBytes..]))
            return null;
        return ReadModes(setup) is { } modes ? new(identification, modes) : null;
    }

    /// <summary>The number of samples per channel that the next audio packet completes; the first one completes none.</summary>
    public int FramesOf(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty || (packet[0] & 1) != 0)
            return 0;
        var mode = (packet[0] >> 1) & ((1 << _modeBits) - 1);
        var block = mode < _longBlocks.Length && _longBlocks[mode] ? _longBlock : _shortBlock;
        var frames = _previous == 0 ? 0 : (_previous + block) / 4;
        _previous = block;
        return frames;
    }

    private static bool AreCodebooksBounded(ReadOnlySpan<byte> setup)
    {
        var bits = new VorbisBits(setup);
        long entries = 0, values = 0;
        for (var books = bits.Read(8) + 1; books > 0; books--)
        {
            if (bits.Read(24) != 0x564342)
                return false;
            var (dimensions, count) = ((int)bits.Read(16), (int)bits.Read(24));
            entries += count;
            values += (long)count * dimensions;
            if (dimensions == 0 || count == 0 || entries > MaxEntries || values > MaxValues)
                return false;
            if (!SkipLengths(ref bits, count) || !SkipValues(ref bits, dimensions, count) || bits.IsOverrun)
                return false;
        }
        return true;
    }

    private static bool SkipLengths(ref VorbisBits bits, int count)
    {
        if (bits.Read(1) == 0)
        {
            var sparse = bits.Read(1) == 1;
            for (var i = 0; i < count && !bits.IsOverrun; i++)
            {
                if (!sparse || bits.Read(1) == 1)
                    bits.Skip(5);
            }
            return true;
        }
        var length = bits.Read(5) + 1;
        for (var i = 0; i < count; length++)
        {
            i += (int)bits.Read(BitOperations.Log2((uint)(count - i)) + 1);
            if (length > 32 || i > count || bits.IsOverrun)
                return false;
        }
        return true;
    }

    private static bool SkipValues(ref VorbisBits bits, int dimensions, int count)
    {
        var type = bits.Read(4);
        if (type is 0 or > 2)
            return type == 0;
        bits.Skip(64);
        var size = bits.Read(4) + 1;
        bits.Skip(1);
        var values = type == 2 ? (long)count * dimensions : Root(count, dimensions);
        bits.Skip(values * size);
        return true;
    }

    /// <summary>The largest number whose power does not exceed the number of codewords.</summary>
    private static long Root(int count, int dimensions)
    {
        long root = 1;
        while (Math.Pow(root + 1, dimensions) <= count)
            root++;
        return root;
    }

    /// <summary>
    /// Whether each mode has a long block. The modes are at the end of the header, 41 bits each, of which 32 are always zero: they are
    /// read backwards because floors, residues and mappings of any length precede them.
    /// </summary>
    private static bool[]? ReadModes(ReadOnlySpan<byte> setup)
    {
        setup = setup.TrimEnd((byte)0);
        if (setup.IsEmpty)
            return null;
        var end = (8L * setup.Length) - BitOperations.LeadingZeroCount((uint)setup[^1] << 24) - 1;
        var (found, modes) = (0, new List<bool>());
        while (modes.Count < 64 && end - (41L * (modes.Count + 1)) - 6 >= 8 * HeaderBytes)
        {
            var bits = new VorbisBits(setup);
            bits.Skip(end - (41L * (modes.Count + 1)) - 6);
            var count = bits.Read(6) + 1;
            var isLong = bits.Read(1) == 1;
            if (bits.Read(32) != 0 || bits.Read(8) > 63)
                break;
            modes.Add(isLong);
            if (count == modes.Count)
                found = modes.Count;
        }
        // Read backwards, the last mode was found first.
        bool[] result = [.. modes.Take(found).Reverse()];
        return found == 0 ? null : result;
    }
}
