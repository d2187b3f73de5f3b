namespace SpeechEmotion.Audio.Sniffing;

/// <summary>Detects streams of frames without a file header: MPEG audio, AAC, AC-3, and MPEG transport and program streams.</summary>
internal static class FrameSync
{
    /// <summary>The number of consecutive frames that identify a stream without other evidence.</summary>
    private const int Convincing = 4;
    private const int ConvincingPackets = 8;
    private const int LeastHead = 7;

    private delegate int FrameLength(ReadOnlySpan<byte> frame);

    private static readonly (FrameLength Length, AudioContainer Container)[] Kinds =
    [
        (AdtsLength, AudioContainer.Aac), (MpegAudioFrame.Length, AudioContainer.Mp3), (LatmLength, AudioContainer.Latm),
        (Ac3Length, AudioContainer.Ac3),
    ];

    /// <summary>Detects the format whose frames start with these bytes; null if there is none.</summary>
    public static AudioContainer? Begin(ReadOnlySpan<byte> frames)
    {
        if (frames.Length < LeastHead)
            return null;
        if (frames[0] == 0x0B && frames[1] == 0x77)
            return (frames[5] >> 3) switch { <= 10 => AudioContainer.Ac3, <= 16 => AudioContainer.Eac3, _ => null };
        if (RepeatsEvery(AdtsLength(frames), frames, AdtsLength))
            return AudioContainer.Aac;
        if (RepeatsEvery(MpegAudioFrame.Length(frames), frames, MpegAudioFrame.Length))
            return AudioContainer.Mp3;
        return FreeFormatFrames(frames) >= Convincing ? AudioContainer.Mp3 : null;
    }

    /// <summary>Detects the format of which a whole frame starts here and the next one follows; null if there is none.</summary>
    public static AudioContainer? FollowsItself(ReadOnlySpan<byte> head)
    {
        if (head.Length < LeastHead)
            return null;
        if (FollowsItself(head, AdtsLength))
            return AudioContainer.Aac;
        return FollowsItself(head, MpegAudioFrame.Length) ? AudioContainer.Mp3 : null;
    }

    /// <summary>Finds the first stream that starts after junk or in the middle of a frame; null if there is none.</summary>
    /// <param name="window">The start of a file.</param>
    public static (AudioContainer Container, int Offset)? Find(ReadOnlySpan<byte> window)
    {
        if (TransportStart(window) is { } packet)
            return (AudioContainer.MpegTs, packet);
        if (window.IndexOf((ReadOnlySpan<byte>)[0x00, 0x00, 0x01, 0xBA]) is >= 0 and var pack && IsPack(window[pack..]))
            return (AudioContainer.MpegPs, pack);
        for (var offset = 0; offset <= window.Length - LeastHead; offset++)
        {
            if (window[offset] is not (0xFF or 0x56 or 0x0B))
                continue;
            foreach (var (length, container) in Kinds)
            {
                if (Repeats(window[offset..], length))
                    return (container, offset);
            }
            if (FreeFormatFrames(window[offset..]) >= 2 * Convincing)
                return (AudioContainer.Mp3, offset);
        }
        return null;
    }

    /// <summary>Whether transport packets start here, of 188 bytes, or of 192 or 204 with the additions of discs and broadcasts.</summary>
    public static bool IsTransportStream(ReadOnlySpan<byte> head) =>
        TransportStart(head[..Math.Min(head.Length, 2048)], atStart: true) is not null;

    private static int? TransportStart(ReadOnlySpan<byte> window, bool atStart = false)
    {
        foreach (var packet in (ReadOnlySpan<int>)[188, 192, 204])
        {
            // On discs, four bytes of time precede each packet.
            var last = atStart ? packet == 192 ? 5 : 1 : window.Length;
            for (var offset = 0; offset < last; offset++)
            {
                // A file may be shorter than the number of packets that identifies a stream.
                var least = atStart ? Math.Clamp((window.Length - offset) / packet, 3, ConvincingPackets) : ConvincingPackets;
                if (Packets(window, offset, packet) >= least)
                    return offset;
            }
        }
        return null;
    }

    private static int Packets(ReadOnlySpan<byte> window, int offset, int packet)
    {
        var count = 0;
        // Every packet carries audio, video or an adaptation field.
        while (offset + 3 < window.Length && window[offset] == 0x47 && (window[offset + 3] & 0x30) != 0 && count < ConvincingPackets)
        {
            count++;
            offset += packet;
        }
        return count;
    }

    /// <summary>Whether a pack header has the marker bits of MPEG-1 or MPEG-2.</summary>
    private static bool IsPack(ReadOnlySpan<byte> pack) =>
        pack.Length >= 14 && (((pack[4] & 0xF1) == 0x21 && (pack[6] & 1) == 1) || ((pack[4] & 0xC4) == 0x44 && (pack[6] & 4) == 4));

    /// <summary>Two sync bytes are not enough: the next frame, if it is in view, must start with them too.</summary>
    private static bool RepeatsEvery(int length, ReadOnlySpan<byte> head, FrameLength lengthOf) =>
        length > 0 && (head.Length < length + LeastHead || lengthOf(head[length..]) > 0);

    private static bool FollowsItself(ReadOnlySpan<byte> head, FrameLength lengthOf) =>
        lengthOf(head) is > 0 and var length && head.Length >= length + LeastHead && lengthOf(head[length..]) > 0;

    /// <summary>Whether enough frames of one kind follow one another.</summary>
    private static bool Repeats(ReadOnlySpan<byte> frames, FrameLength lengthOf)
    {
        var first = frames;
        for (var count = 0; count < Convincing; count++)
        {
            if (frames.Length < LeastHead)
                return false;
            var length = lengthOf(frames);
            if (length == 0 || length > frames.Length || !IsAlike(first, frames))
                return false;
            frames = frames[length..];
        }
        return true;
    }

    /// <summary>Whether version, layer and rate match; they do not change within a stream.</summary>
    private static bool IsAlike(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one[0] != 0xFF || (((one[1] ^ other[1]) & 0xFE) == 0 && ((one[2] ^ other[2]) & 0x0C) == 0);

    /// <summary>Counts MPEG audio frames whose headers state no bitrate: the distance to the next frame gives their length.</summary>
    private static int FreeFormatFrames(ReadOnlySpan<byte> frames)
    {
        if (!MpegAudioFrame.IsFreeFormat(frames))
            return 0;
        // 640 kbit/s at 8 kHz.
        for (var length = 24; length < Math.Min(frames.Length - 4, 5760); length++)
        {
            if (frames[length] != 0xFF || !IsSameFreeFormat(frames, frames[length..]))
                continue;
            var (count, position) = (1, length);
            while (count < 2 * Convincing && Next(frames, position, length) is { } next)
                (count, position) = (count + 1, next);
            if (count >= Convincing)
                return count;
        }
        return 0;

        static int? Next(ReadOnlySpan<byte> frames, int position, int length)
        {
            // A padding byte makes some frames longer than others.
            for (var next = position + length - 1; next <= position + length + 1; next++)
            {
                if (next + 4 <= frames.Length && IsSameFreeFormat(frames, frames[next..]))
                    return next;
            }
            return null;
        }
    }

    private static bool IsSameFreeFormat(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        MpegAudioFrame.IsFreeFormat(other) && IsAlike(one, other);

    private static int AdtsLength(ReadOnlySpan<byte> frame)
    {
        if (frame[0] != 0xFF || (frame[1] & 0xF6) != 0xF0 || ((frame[2] >> 2) & 15) > 12)
            return 0;
        var length = ((frame[3] & 3) << 11) | (frame[4] << 3) | (frame[5] >> 5);
        return length >= 7 ? length : 0;
    }

    private static int LatmLength(ReadOnlySpan<byte> frame) =>
        frame[0] == 0x56 && (frame[1] & 0xE0) == 0xE0 ? 3 + (((frame[1] & 0x1F) << 8) | frame[2]) : 0;

    private static int Ac3Length(ReadOnlySpan<byte> frame)
    {
        if (frame[0] != 0x0B || frame[1] != 0x77 || (frame[5] >> 3) > 10 || (frame[4] & 0x3F) >= 38 || frame[4] >> 6 == 3)
            return 0;
        // Kilobits per second for each pair of codes; a frame has 1536 samples and 16-bit words.
        ReadOnlySpan<int> kilobits = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640];
        var (code, rate) = (frame[4] & 0x3F, frame[4] >> 6);
        var bits = kilobits[code >> 1] * 1000 * 1536L;
        return rate switch
        {
            0 => (int)(bits / 48000 / 8),
            1 => 2 * ((int)(bits / 44100 / 16) + (code & 1)),
            _ => (int)(bits / 32000 / 8),
        };
    }
}
