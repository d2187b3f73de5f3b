namespace SpeechEmotion.Audio.Ogg;

/// <summary>The checksum of an Ogg page: CRC-32 with the polynomial 0x04C11DB7, most significant bit first, from zero.</summary>
internal static class OggCrc
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Shift((uint)i << 24))];

    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            crc = (crc << 8) ^ Table[(crc >> 24) ^ value];
        return crc;
    }

    private static uint Shift(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 0x80000000) != 0 ? (value << 1) ^ 0x04C11DB7 : value << 1;
        return value;
    }
}
