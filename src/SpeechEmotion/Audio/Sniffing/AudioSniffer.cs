namespace SpeechEmotion.Audio.Sniffing;

/// <summary>Detects a recording's format from its bytes; the file name is ignored.</summary>
internal static class AudioSniffer
{
    /// <summary>The useful number of bytes from the start of the file.</summary>
    public const int HeadLength = 4096;

    /// <summary>The range at the start of a file that is searched for a stream that does not start with a frame.</summary>
    public const int WindowLength = 1 << 17;

    /// <summary>
    /// Examines a file: past its leading tags, along its boxes, and for streams that were cut or that junk precedes.
    /// </summary>
    /// <param name="file">The file at any position; the position changes.</param>
    public static SniffedRecording Sniff(FileStream file)
    {
        var start = LeadingTags.Length(file);
        var window = new byte[HeadLength];
        var head = Read(file, start, window);
        if (Sniff(head) is { } container)
            return new(container, start);
        if (IsoBoxes.Begin(file, start))
            return new(AudioContainer.Mp4, start);
        if (start == 0 && ForeignContent.Is(head))
            return new(null, 0) { IsForeign = true };
        window = new byte[WindowLength];
        if (FrameSync.Find(Read(file, start, window)) is { } found)
            return new(found.Container, start + found.Offset);
        // Between a tag and its MP3 there may be padding of any kind.
        return start > 0 ? new(AudioContainer.Mp3, 0) : new(null, 0);
    }

    /// <summary>Detects the format that starts with these bytes; null if it is unknown.</summary>
    /// <param name="head">The first bytes, after any tag.</param>
    public static AudioContainer? Sniff(ReadOnlySpan<byte> head) =>
        ByText(head) ?? ByBinarySignature(head) ?? FrameSync.Begin(head.TrimStart((byte)0));

    /// <summary>
    /// Whether a recording starts with these bytes, as <see cref="Sniff(FileStream)"/> judges a whole file: for files that cannot be
    /// searched back and forth, such as those in an archive.
    /// </summary>
    /// <param name="window">The first bytes of the file, <see cref="WindowLength"/> of them if it has as many.</param>
    public static bool IsRecording(ReadOnlySpan<byte> window)
    {
        var head = window[..Math.Min(window.Length, HeadLength)];
        return Sniff(head) is not null || Id3Length(head) > 0 || (!ForeignContent.Is(head) && FrameSync.Find(window) is not null);
    }

    /// <summary>
    /// Detects the format of a stream that should be raw samples; null if it probably is. Bytes that samples contain by chance do not
    /// count: a frame's sync word counts only if another one follows at the right distance.
    /// </summary>
    /// <param name="head">The first bytes.</param>
    public static AudioContainer? SniffRaw(ReadOnlySpan<byte> head)
    {
        if ((ByText(head) ?? ByBinarySignature(head)) is { } container && container != AudioContainer.MpegPs)
            return container;
        if (head.Length >= 10 && head.StartsWith("ID3"u8) && head[3] is >= 2 and <= 4
            && ((head[6] | head[7] | head[8] | head[9]) & 0x80) == 0)
            return AudioContainer.Mp3;
        return FrameSync.FollowsItself(head);
    }

    /// <inheritdoc cref="LeadingTags.Id3Length"/>
    public static int Id3Length(ReadOnlySpan<byte> head) => LeadingTags.Id3Length(head);

    private static ReadOnlySpan<byte> Read(FileStream file, long position, byte[] buffer)
    {
        file.Position = position;
        return buffer.AsSpan(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }

    private static AudioContainer? ByText(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8))
            return At(head, 8, "WAVE"u8) ? AudioContainer.Wav : At(head, 8, "AVI "u8) ? AudioContainer.Avi : null;
        if (head.StartsWith("RIFX"u8))
            return At(head, 8, "WAVE"u8) ? AudioContainer.Rifx : null;
        if (head.StartsWith("FORM"u8))
            return At(head, 8, "AIFF"u8) || At(head, 8, "AIFC"u8) ? AudioContainer.Aiff : null;
        if (head.StartsWith("OggS"u8))
            return head[..Math.Min(head.Length, 128)].IndexOf("Speex   "u8) >= 0 ? AudioContainer.OggSpeex : AudioContainer.Ogg;
        if (head.StartsWith("#!AMR\n"u8) || head.StartsWith("#!AMR-WB\n"u8))
            return AudioContainer.Amr;
        foreach (var (signature, container) in Texts)
        {
            if (head.StartsWith(signature))
                return container;
        }
        return null;
    }

    private static readonly (byte[] Signature, AudioContainer Container)[] Texts =
    [
        ([.. "fLaC"u8], AudioContainer.Flac), ([.. ".snd"u8], AudioContainer.Au), ([.. "dns."u8], AudioContainer.Au),
        ([.. "caff"u8], AudioContainer.Caf), ([.. "FLV\u0001"u8], AudioContainer.Flv), ([.. "NIST_1A\n"u8], AudioContainer.Sphere),
        ([.. "Creative Voice File\u001A"u8], AudioContainer.Voc), ([.. "wvpk"u8], AudioContainer.WavPack),
        ([.. "TTA1"u8], AudioContainer.Tta), ([.. "tBaK"u8], AudioContainer.Tak), ([.. "MAC "u8], AudioContainer.Monkey),
        ([.. "MP+"u8], AudioContainer.Musepack7), ([.. "MPCK"u8], AudioContainer.Musepack8),
        ([.. ".RMF"u8], AudioContainer.RealMedia), ([0x2E, 0x72, 0x61, 0xFD], AudioContainer.RealMedia),
        ([.. "DTSHDHDR"u8], AudioContainer.DtsHd),
    ];

    private static AudioContainer? ByBinarySignature(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return AudioContainer.Matroska;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]))
            return AudioContainer.Asf;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11]))
            return AudioContainer.Wave64;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0x01, 0xBA]))
            return AudioContainer.MpegPs;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x7F, 0xFE, 0x80, 0x01]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0x7F, 0x01, 0x80])
            || head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0xFF, 0xE8, 0x00])
            || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x1F, 0x00, 0xE8]))
            return AudioContainer.Dts;
        return FrameSync.IsTransportStream(head) ? AudioContainer.MpegTs : IsMp4(head) ? AudioContainer.Mp4 : null;
    }

    private static bool IsMp4(ReadOnlySpan<byte> head)
    {
        if (At(head, 4, "ftyp"u8))
            return !IsPicture(head);
        // QuickTime files older than 'ftyp' start with one of these.
        return At(head, 4, "moov"u8) || At(head, 4, "mdat"u8) || At(head, 4, "wide"u8);
    }

    /// <summary>Whether the file is HEIF or AVIF, which are MP4 without audio.</summary>
    private static bool IsPicture(ReadOnlySpan<byte> head) =>
        At(head, 8, "heic"u8) || At(head, 8, "heix"u8) || At(head, 8, "avif"u8) || At(head, 8, "avis"u8)
        || At(head, 8, "mif1"u8) || At(head, 8, "msf1"u8);

    private static bool At(ReadOnlySpan<byte> head, int offset, ReadOnlySpan<byte> mark) =>
        head.Length >= offset + mark.Length && head.Slice(offset, mark.Length).SequenceEqual(mark);
}
