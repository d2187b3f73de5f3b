using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Sniffing;

/// <summary>MP4 and QuickTime files whose first box is not specific to them: padding, a preview, an identifier.</summary>
internal static class IsoBoxes
{
    private const int MaxBoxes = 64;

    /// <summary>Whether boxes start here of which one contains a movie or its samples.</summary>
    public static bool Begin(FileStream file, long start)
    {
        Span<byte> header = stackalloc byte[16];
        var position = start;
        for (var boxes = 0; boxes < MaxBoxes && position <= file.Length - 8; boxes++)
        {
            file.Position = position;
            var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            var type = header[4..8];
            if (type.SequenceEqual("moov"u8) || type.SequenceEqual("moof"u8)
                || (boxes > 0 && (type.SequenceEqual("mdat"u8) || type.SequenceEqual("ftyp"u8))))
                return true;
            var size = Size(header[..read]);
            if (!IsPassed(type) || size < 8 || size > file.Length - position)
                return false;
            position += size;
        }
        return false;
    }

    private static long Size(ReadOnlySpan<byte> header)
    {
        long size = BinaryPrimitives.ReadUInt32BigEndian(header);
        return size == 1 && header.Length == 16 ? BinaryPrimitives.ReadInt64BigEndian(header[8..]) : size;
    }

    /// <summary>Whether a box may precede the movie.</summary>
    private static bool IsPassed(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("free"u8) || type.SequenceEqual("skip"u8) || type.SequenceEqual("wide"u8) || type.SequenceEqual("uuid"u8)
        || type.SequenceEqual("pnot"u8) || type.SequenceEqual("PICT"u8) || type.SequenceEqual("pdin"u8) || type.SequenceEqual("styp"u8)
        || type.SequenceEqual("sidx"u8) || type.SequenceEqual("emsg"u8) || type.SequenceEqual("prft"u8) || type.SequenceEqual("meta"u8)
        || type.SequenceEqual("junk"u8) || type.SequenceEqual("udta"u8) || type.SequenceEqual("bloc"u8) || type.SequenceEqual("mdat"u8);
}
