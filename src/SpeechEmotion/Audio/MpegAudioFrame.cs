namespace SpeechEmotion.Audio;

/// <summary>The header of an MPEG audio frame (ISO 11172-3, 13818-3), layers II and III.</summary>
internal static class MpegAudioFrame
{
    private static readonly int[] Layer2Version1 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static readonly int[] Layer3Version1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Version2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Rates = [44100, 48000, 32000];

    /// <summary>Length of the frame that begins here, in bytes; 0 where none does, or its length is not in its header.</summary>
    public static int Length(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 4 || frame[0] != 0xFF || (frame[1] & 0xE0) != 0xE0)
            return 0;
        // Version: 0 = 2.5, 1 reserved, 2 = 2, 3 = 1. Layer: 0 is AAC's, 1 = III, 2 = II, 3 = I (out of use, and a UTF-16 mark).
        int version = (frame[1] >> 3) & 3, layer = (frame[1] >> 1) & 3, bitrate = frame[2] >> 4, rate = (frame[2] >> 2) & 3;
        if (version == 1 || layer is 0 or 3 || bitrate is 0 or 15 || rate == 3)
            return 0;
        var kilobits = (version == 3 ? layer == 2 ? Layer2Version1 : Layer3Version1 : Version2)[bitrate];
        var hertz = Rates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        var samples = layer == 1 && version != 3 ? 576 : 1152;
        return (samples / 8 * kilobits * 1000 / hertz) + ((frame[2] >> 1) & 1);
    }
}
