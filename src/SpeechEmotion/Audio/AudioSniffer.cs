namespace SpeechEmotion.Audio;

/// <summary>Tells a recording's format from its first bytes; its name is never asked.</summary>
internal static class AudioSniffer
{
    /// <summary>How many bytes of the file's start are worth showing.</summary>
    public const int HeadLength = 4096;

    /// <summary>The format, or null where it is none that can be read.</summary>
    /// <param name="head">The first bytes, after any ID3 tag.</param>
    public static AudioContainer? Sniff(ReadOnlySpan<byte> head) =>
        BySignature(head) ?? BySync(head);

    /// <summary>
    /// The format of a stream that should be raw samples; null where it may well be that. Bytes that samples have by chance do not
    /// count: a frame's sync only where another follows in its place.
    /// </summary>
    /// <param name="head">The first bytes.</param>
    public static AudioContainer? SniffRaw(ReadOnlySpan<byte> head)
    {
        if (BySignature(head) is { } container && container != AudioContainer.MpegPs)
            return container;
        if (head.Length >= 10 && head.StartsWith("ID3"u8) && head[3] is >= 2 and <= 4 && ((head[6] | head[7] | head[8] | head[9]) & 0x80) == 0)
            return AudioContainer.Mp3;
        if (head.Length < 7)
            return null;
        if (FollowsItself(head, AdtsLength))
            return AudioContainer.Aac;
        return FollowsItself(head, MpegAudioFrame.Length) ? AudioContainer.Mp3 : null;
    }

    /// <summary>Length of the ID3v2 tag that the bytes begin with, its header counted; 0 where there is none.</summary>
    public static int Id3Length(ReadOnlySpan<byte> head)
    {
        if (head.Length < 10 || !head.StartsWith("ID3"u8))
            return 0;
        // Sizes are 28 bits in four bytes of seven; bit 4 of the flags announces a ten-byte footer.
        var size = ((head[6] & 0x7F) << 21) | ((head[7] & 0x7F) << 14) | ((head[8] & 0x7F) << 7) | (head[9] & 0x7F);
        return 10 + size + ((head[5] & 0x10) != 0 ? 10 : 0);
    }

    private static AudioContainer? BySignature(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8))
            return At(head, 8, "WAVE"u8) ? AudioContainer.Wav : At(head, 8, "AVI "u8) ? AudioContainer.Avi : null;
        if (head.StartsWith("FORM"u8))
            return At(head, 8, "AIFF"u8) || At(head, 8, "AIFC"u8) ? AudioContainer.Aiff : null;
        if (head.StartsWith("OggS"u8))
            return head[..Math.Min(head.Length, 128)].IndexOf("Speex   "u8) >= 0 ? AudioContainer.OggSpeex : AudioContainer.Ogg;
        if (head.StartsWith("fLaC"u8))
            return AudioContainer.Flac;
        if (head.StartsWith(".snd"u8))
            return AudioContainer.Au;
        if (head.StartsWith("#!AMR\n"u8) || head.StartsWith("#!AMR-WB\n"u8))
            return AudioContainer.Amr;
        if (head.StartsWith("caff"u8))
            return AudioContainer.Caf;
        if (head.StartsWith("FLV\x01"u8))
            return AudioContainer.Flv;
        return ByBinarySignature(head);
    }

    private static AudioContainer? ByBinarySignature(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return AudioContainer.Matroska;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]))
            return AudioContainer.Asf;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0x01, 0xBA]))
            return AudioContainer.MpegPs;
        if (head.Length > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47)
            return AudioContainer.MpegTs;
        return IsMp4(head) ? AudioContainer.Mp4 : null;
    }

    private static bool IsMp4(ReadOnlySpan<byte> head)
    {
        if (At(head, 4, "ftyp"u8))
            return !(At(head, 8, "heic"u8) || At(head, 8, "heix"u8) || At(head, 8, "avif"u8) || At(head, 8, "mif1"u8));
        // QuickTime files older than 'ftyp' begin with one of these.
        return At(head, 4, "moov"u8) || At(head, 4, "mdat"u8) || At(head, 4, "wide"u8);
    }

    private static AudioContainer? BySync(ReadOnlySpan<byte> head)
    {
        var frames = head.TrimStart((byte)0);
        if (frames.Length < 7)
            return null;
        if (frames[0] == 0x0B && frames[1] == 0x77)
            return (frames[5] >> 3) switch { <= 10 => AudioContainer.Ac3, <= 16 => AudioContainer.Eac3, _ => null };
        if (RepeatsEvery(AdtsLength(frames), frames, AdtsLength))
            return AudioContainer.Aac;
        return RepeatsEvery(MpegAudioFrame.Length(frames), frames, MpegAudioFrame.Length) ? AudioContainer.Mp3 : null;
    }

    private delegate int FrameLength(ReadOnlySpan<byte> frame);

    /// <summary>Two bytes of sync are too few to trust: the next frame, where it is in sight, must begin with them too.</summary>
    private static bool RepeatsEvery(int length, ReadOnlySpan<byte> head, FrameLength lengthOf) =>
        length > 0 && (head.Length < length + 7 || lengthOf(head[length..]) > 0);

    private static bool FollowsItself(ReadOnlySpan<byte> head, FrameLength lengthOf) =>
        lengthOf(head) is > 0 and var length && head.Length >= length + 7 && lengthOf(head[length..]) > 0;

    private static int AdtsLength(ReadOnlySpan<byte> frame)
    {
        if (frame[0] != 0xFF || (frame[1] & 0xF6) != 0xF0 || ((frame[2] >> 2) & 15) > 12)
            return 0;
        var length = ((frame[3] & 3) << 11) | (frame[4] << 3) | (frame[5] >> 5);
        return length >= 7 ? length : 0;
    }

    private static bool At(ReadOnlySpan<byte> head, int offset, ReadOnlySpan<byte> mark) =>
        head.Length >= offset + mark.Length && head.Slice(offset, mark.Length).SequenceEqual(mark);
}
