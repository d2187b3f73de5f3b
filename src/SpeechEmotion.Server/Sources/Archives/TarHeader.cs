using System.Text;

namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>A header of a tar archive: v7, ustar, pax or GNU.</summary>
/// <param name="Type">The type flag.</param>
/// <param name="Name">The name, which an extended header may replace.</param>
/// <param name="Size">Number of bytes after the header.</param>
/// <param name="Seconds">Time of the last change in seconds since 1970.</param>
internal readonly record struct TarHeader(char Type, string Name, long Size, long Seconds)
{
    /// <summary>Number of bytes of a header; the bytes after it fill whole blocks of this length too.</summary>
    public const int Length = 512;

    private const int ChecksumAt = 148;
    private const int ChecksumLength = 8;

    /// <summary>Whether the checksum of a block is that of a header.</summary>
    public static bool Is(ReadOnlySpan<byte> block)
    {
        if (Number(block.Slice(ChecksumAt, ChecksumLength)) is not { } stated)
            return false;
        long sum = ' ' * ChecksumLength, signed = sum;
        for (var i = 0; i < Length; i++)
        {
            if (i is >= ChecksumAt and < ChecksumAt + ChecksumLength)
                continue;
            sum += block[i];
            // Some old programs add signed bytes.
            signed += (sbyte)block[i];
        }
        return block[0] != 0 && (stated == sum || stated == signed);
    }

    /// <summary>Parses a block with a valid checksum.</summary>
    /// <exception cref="InvalidDataException">A number is not one.</exception>
    public static TarHeader Parse(ReadOnlySpan<byte> block)
    {
        var name = EntryName.Decode(Text(block[..100]));
        // GNU's older format has other fields in place of the prefix, and another magic.
        if (block.Slice(257, 6).SequenceEqual("ustar\0"u8) && Text(block.Slice(345, 155)) is { Length: > 0 } prefix)
            name = $"{EntryName.Decode(prefix)}/{name}";
        return new(
            (char)block[156], name,
            Number(block.Slice(124, 12)) ?? throw new InvalidDataException("The size of an entry is not a number."),
            Number(block.Slice(136, 12)) ?? 0);
    }

    /// <summary>The bytes of a field up to its first NUL.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field) =>
        field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field;

    /// <summary>A number in octal digits, or in binary if its first bit is set; null if it is neither, negative or too large.</summary>
    private static long? Number(ReadOnlySpan<byte> field)
    {
        if (field[0] >= 0x80)
            return Binary(field);
        var value = 0L;
        foreach (var digit in Encoding.ASCII.GetString(Text(field)).Trim())
        {
            if (digit is < '0' or > '7' || value > long.MaxValue >> 3)
                return null;
            value = (value << 3) | (uint)(digit - '0');
        }
        return value;
    }

    private static long? Binary(ReadOnlySpan<byte> field)
    {
        long value = field[0] & 0x7F;
        foreach (var part in field[1..])
        {
            if (value > long.MaxValue >> 8)
                return null;
            value = (value << 8) | part;
        }
        return value;
    }
}
