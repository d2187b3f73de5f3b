namespace SpeechEmotion.Audio.Flac;

/// <summary>The header of a FLAC frame.</summary>
/// <param name="Frames">The number of samples per channel, 1 to 65536.</param>
/// <param name="SampleRate">The rate in Hz; 0 if only the stream's header states it.</param>
/// <param name="Assignment">
/// The channel assignment: 0 to 7 for that many independent channels plus one; 8 left and side, 9 side and right, 10 mid and side.
/// </param>
/// <param name="Bits">The bits per sample; 0 if only the stream's header states them.</param>
internal readonly record struct FlacFrameHeader(int Frames, int SampleRate, int Assignment, int Bits)
{
    /// <summary>The length of the longest header, in bytes.</summary>
    public const int MaxBytes = 16;

    private static readonly int[] Rates = [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
    private static readonly int[] SampleSizes = [0, 8, 12, -1, 16, 20, 24, 32];

    public int Channels => Assignment < 8 ? Assignment + 1 : 2;

    /// <summary>Whether two bytes may start a frame.</summary>
    public static bool IsSync(ReadOnlySpan<byte> bytes) => bytes.Length >= 2 && bytes[0] == 0xFF && (bytes[1] & 0xFE) == 0xF8;

    /// <summary>Reads a header and verifies its checksum.</summary>
    /// <returns>Null if no header starts here.</returns>
    public static FlacFrameHeader? TryRead(ReadOnlySpan<byte> bytes, ref FlacBits bits)
    {
        if (!IsSync(bytes) || bytes.Length < 5)
            return null;
        bits.Read(16);
        var (size, rate, assignment, sample, reserved) =
            ((int)bits.Read(4), (int)bits.Read(4), (int)bits.Read(4), (int)bits.Read(3), bits.Read(1));
        if (size == 0 || rate == 15 || assignment > 10 || sample == 3 || reserved != 0)
            return null;
        // The frame or sample number, in the variable-length coding of UTF-8.
        var first = (byte)bits.Read(8);
        for (var more = System.Numerics.BitOperations.LeadingZeroCount((uint)(byte)~first << 24) - 1; more > 0; more--)
            bits.Read(8);
        var frames = size switch
        {
            1 => 192,
            <= 5 => 576 << (size - 2),
            6 => (int)bits.Read(8) + 1,
            7 => (int)bits.Read(16) + 1,
            _ => 256 << (size - 8),
        };
        var hertz = rate switch
        {
            12 => (int)bits.Read(8) * 1000,
            13 => (int)bits.Read(16),
            14 => (int)bits.Read(16) * 10,
            _ => Rates[rate],
        };
        var length = bits.BytesRead;
        var crc = (byte)bits.Read(8);
        return bits.IsOverrun || FlacCrc.Crc8(bytes[..length]) != crc ? null : new(frames, hertz, assignment, SampleSizes[sample]);
    }
}
