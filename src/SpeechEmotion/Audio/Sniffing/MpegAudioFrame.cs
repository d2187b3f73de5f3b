namespace SpeechEmotion.Audio.Sniffing;

/// <summary>The header of an MPEG audio frame (ISO 11172-3, 13818-3), layers II and III.</summary>
internal static class MpegAudioFrame
{
    private static readonly int[] Layer2Version1 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static readonly int[] Layer3Version1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Version2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Rates = [44100, 48000, 32000];

    /// <summary>The length of the frame that starts here, in bytes; 0 if none does, or if the header does not state the length.</summary>
    public static int Length(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 4 || frame[0] != 0xFF || (frame[1] & 0xE0) != 0xE0)
            return 0;
        // Version: 0 = 2.5, 1 reserved, 2 = 2, 3 = 1. Layer: 0 is AAC, 1 = III, 2 = II, 3 = I (obsolete, and part of a UTF-16 mark).
        int version = (frame[1] >> 3) & 3, layer = (frame[1] >> 1) & 3, bitrate = frame[2] >> 4, rate = (frame[2] >> 2) & 3;
        if (version == 1 || layer is 0 or 3 || bitrate is 0 or 15 || rate == 3)
            return 0;
        return (Samples(frame) / 8 * BitRate(frame) / SampleRate(frame)) + ((frame[2] >> 1) & 1);
    }

    /// <summary>The bitrate in bits per second; like the members below, it requires a header that <see cref="Length"/> accepts.</summary>
    public static int BitRate(ReadOnlySpan<byte> header)
    {
        int version = (header[1] >> 3) & 3, layer = (header[1] >> 1) & 3;
        return 1000 * (version == 3 ? layer == 2 ? Layer2Version1 : Layer3Version1 : Version2)[header[2] >> 4];
    }

    /// <summary>The rate in Hz.</summary>
    public static int SampleRate(ReadOnlySpan<byte> header) =>
        Rates[(header[2] >> 2) & 3] >> (((header[1] >> 3) & 3) switch { 3 => 0, 2 => 1, _ => 2 });

    /// <summary>The number of samples per channel.</summary>
    public static int Samples(ReadOnlySpan<byte> header) => IsLayer3(header) && ((header[1] >> 3) & 3) != 3 ? 576 : 1152;

    /// <summary>The number of channels, 1 or 2.</summary>
    public static int Channels(ReadOnlySpan<byte> header) => header[3] >> 6 == 3 ? 1 : 2;

    /// <summary>Whether the frame is MP3, not layer II.</summary>
    public static bool IsLayer3(ReadOnlySpan<byte> header) => ((header[1] >> 1) & 3) == 1;

    /// <summary>The number of bytes of side information after the header of a layer III frame.</summary>
    public static int SideBytes(ReadOnlySpan<byte> header) =>
        ((header[1] >> 3) & 3) == 3 ? Channels(header) == 2 ? 32 : 17 : Channels(header) == 2 ? 17 : 9;

    /// <summary>Whether two frames belong to one stream: version, layer, rate and number of channels are equal.</summary>
    public static bool IsAlike(ReadOnlySpan<byte> header, ReadOnlySpan<byte> other) =>
        ((header[1] ^ other[1]) & 0xFE) == 0 && ((header[2] ^ other[2]) & 0x0C) == 0 && Channels(header) == Channels(other);

    /// <summary>Whether a frame starts here whose header states no bitrate.</summary>
    public static bool IsFreeFormat(ReadOnlySpan<byte> frame) =>
        frame.Length >= 4 && frame[0] == 0xFF && (frame[1] & 0xE0) == 0xE0
        && ((frame[1] >> 3) & 3) != 1 && ((frame[1] >> 1) & 3) is (1 or 2)
        && frame[2] >> 4 == 0 && ((frame[2] >> 2) & 3) != 3;
}
