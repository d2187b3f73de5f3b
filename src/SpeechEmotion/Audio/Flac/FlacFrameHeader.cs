namespace SpeechEmotion.Audio.Flac;

/// <summary>The header of a FLAC frame.</summary>
/// <param name="Frames">Samples of each channel in it, 1 to 65536.</param>
/// <param name="SampleRate">Hz; 0 where the stream's header says it.</param>
/// <param name="Assignment">0 to 7: that many channels and one more, each by itself; 8 left and side, 9 side and right, 10 mid and side.</param>
/// <param name="Bits">Of a sample; 0 where the stream's header says it.</param>
internal readonly record struct FlacFrameHeader(int Frames, int SampleRate, int Assignment, int Bits)
{
    /// <summary>The longest header, in bytes.</summary>
    public const int MaxBytes = 16;

    private static readonly int[] Rates = [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
    private static readonly int[] SampleSizes = [0, 8, 12, -1, 16, 20, 24, 32];

    public int Channels => Assignment < 8 ? Assignment + 1 : 2;

    /// <summary>Whether two bytes may begin a frame.</summary>
    public static bool IsSync(ReadOnlySpan<byte> bytes) => bytes.Length >= 2 && bytes[0] == 0xFF && (bytes[1] & 0xFE) == 0xF8;

    /// <summary>Reads a header with its checksum.</summary>
    /// <returns>Null where none begins here.</returns>
    public static FlacFrameHeader? TryRead(ReadOnlySpan<byte> bytes, ref FlacBits bits)
    {
        if (!IsSync(bytes) || bytes.Length < 5)
            return null;
        bits.Read(16);
        var (size, rate, assignment, sample, reserved) =
            ((int)bits.Read(4), (int)bits.Read(4), (int)bits.Read(4), (int)bits.Read(3), bits.Read(1));
        if (size == 0 || rate == 15 || assignment > 10 || sample == 3 || reserved != 0)
            return null;
        // The number of the frame or sample, coded as UTF-8 codes characters.
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
