namespace SpeechEmotion.Audio.Flac;

/// <summary>The two checksums of a FLAC frame.</summary>
internal static class FlacCrc
{
    private static readonly byte[] Table8 = [.. Enumerable.Range(0, 256).Select(i => (byte)Shift(i, 0x07, 8))];
    private static readonly ushort[] Table16 = [.. Enumerable.Range(0, 256).Select(i => (ushort)Shift(i << 8, 0x8005, 16))];

    /// <summary>CRC-8 of a frame's header (polynomial x^8 + x^2 + x + 1).</summary>
    public static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        byte crc = 0;
        foreach (var value in bytes)
            crc = Table8[crc ^ value];
        return crc;
    }

    /// <summary>CRC-16 of a whole frame (polynomial x^16 + x^15 + x^2 + 1).</summary>
    public static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0;
        foreach (var value in bytes)
            crc = (ushort)((crc << 8) ^ Table16[(crc >> 8) ^ value]);
        return crc;
    }

    private static int Shift(int value, int polynomial, int width)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & (1 << (width - 1))) != 0 ? (value << 1) ^ polynomial : value << 1;
        return value & ((1 << width) - 1);
    }
}
