using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Sniffing;

/// <summary>Tags that some programs write before a recording of any format: one or more ID3v2 tags, and APE.</summary>
internal static class LeadingTags
{
    private const int MaxTags = 32;
    private const int ApeHeaderBytes = 32;

    /// <summary>The length of all tags at the start of a file in bytes; 0 if there are none.</summary>
    public static long Length(FileStream file)
    {
        long length = 0;
        Span<byte> header = stackalloc byte[ApeHeaderBytes];
        for (var tags = 0; tags < MaxTags && length < file.Length; tags++)
        {
            file.Position = length;
            var head = header[..file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)];
            var tag = Math.Max(Id3Length(head), ApeLength(head));
            if (tag == 0)
                break;
            length += tag;
        }
        return Math.Min(length, file.Length);
    }

    /// <summary>The length of the ID3v2 tag at the start of the bytes, including its header; 0 if there is none.</summary>
    public static int Id3Length(ReadOnlySpan<byte> head)
    {
        if (head.Length < 10 || !head.StartsWith("ID3"u8))
            return 0;
        // Sizes are 28 bits in four bytes of seven bits; bit 4 of the flags announces a ten-byte footer.
        var size = ((head[6] & 0x7F) << 21) | ((head[7] & 0x7F) << 14) | ((head[8] & 0x7F) << 7) | (head[9] & 0x7F);
        return 10 + size + ((head[5] & 0x10) != 0 ? 10 : 0);
    }

    /// <summary>The length of an APE tag; the size in its header excludes the header.</summary>
    private static long ApeLength(ReadOnlySpan<byte> head) =>
        head.Length >= ApeHeaderBytes && head.StartsWith("APETAGEX"u8)
            ? ApeHeaderBytes + (long)BinaryPrimitives.ReadUInt32LittleEndian(head[12..])
            : 0;
}
