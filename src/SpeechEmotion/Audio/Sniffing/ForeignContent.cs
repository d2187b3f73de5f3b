namespace SpeechEmotion.Audio.Sniffing;

/// <summary>Files that are certainly not recordings: they are rejected at once, without trying a decoder.</summary>
internal static class ForeignContent
{
    private static readonly byte[][] Signatures =
    [
        // Documents and archives.
        [.. "%PDF"u8], [.. "%!PS"u8], [.. "{\\rtf"u8], [0xD0, 0xCF, 0x11, 0xE0],
        [.. "PK\u0003\u0004"u8], [.. "PK\u0005\u0006"u8], [.. "PK\u0007\u0008"u8],
        [0x1F, 0x8B], [.. "BZh"u8], [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], [.. "Rar!"u8],
        [0x28, 0xB5, 0x2F, 0xFD],
        [.. "!<arch>"u8], [.. "SQLite format 3"u8], [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59],
        // Images.
        [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], [.. "GIF8"u8], [.. "BM"u8], [.. "II*\0"u8], [.. "MM\0*"u8], [0, 0, 1, 0],
        [.. "8BPS"u8],
        [0, 0, 0, 0x0C, 0x6A, 0x50],
        // Programs.
        [0x7F, 0x45, 0x4C, 0x46], [.. "MZ"u8], [0xCA, 0xFE, 0xBA, 0xBE], [0xFE, 0xED, 0xFA], [0xCF, 0xFA, 0xED, 0xFE],
        [0, 0x61, 0x73, 0x6D],
        // Playlists and byte order marks of text.
        [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [.. "#EXTM3U"u8], [.. "ffconcat"u8],
    ];

    /// <summary>Whether the first bytes are text or have the signature of another kind of file.</summary>
    public static bool Is(ReadOnlySpan<byte> head)
    {
        foreach (var signature in Signatures)
        {
            if (head.StartsWith(signature))
                return true;
        }
        if (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("WEBP"u8))
            return true;
        return (head.Length > 262 && head[257..262].SequenceEqual("ustar"u8)) || IsText(head);
    }

    /// <summary>Whether all bytes may occur in text: UTF-8, or any encoding without control characters.</summary>
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        var high = 0;
        foreach (var value in head)
        {
            if (value == 0x7F || (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C or 0x1B)))
                return false;
            high += value >> 7;
        }
        // Audio without control characters would still have about as many bytes above 127 as below.
        return high < head.Length / 4 || IsUtf8(head);
    }

    private static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        // The last character may be truncated.
        for (var end = head.Length; end >= Math.Max(0, head.Length - 3); end--)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..end]))
                return true;
        }
        return false;
    }
}
