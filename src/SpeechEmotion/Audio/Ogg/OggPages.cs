using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Ogg;

/// <summary>Reads the pages of an Ogg file one by one. Bytes between pages and pages with a wrong checksum are skipped.</summary>
/// <param name="bytes">The file, which its owner disposes.</param>
/// <param name="check">Whether to verify checksums; otherwise only lengths and positions are read.</param>
internal sealed class OggPages(ByteWindow bytes, bool check)
{
    private const int FixedBytes = 27;
    private const int MaxHeaderBytes = FixedBytes + 255;
    private static readonly byte[] NoChecksum = new byte[4];

    private OggPage? _page;

    /// <summary>The number of skipped bytes.</summary>
    public long Skipped { get; private set; }

    /// <summary>Returns the next page without reading it; null at the end of the file.</summary>
    public OggPage? Peek()
    {
        while (_page is null && bytes.View(FixedBytes).Length == FixedBytes)
        {
            _page = PageHere();
            if (_page is not null)
                break;
            var before = bytes.Position;
            bytes.Skip(1);
            bytes.MoveTo("OggS"u8);
            Skipped += bytes.Position - before;
        }
        return _page;
    }

    /// <summary>The lengths of the segments of the page in view: a packet ends with a segment of fewer than 255 bytes.</summary>
    public ReadOnlySpan<byte> Lacing() => bytes.View(_page!.Value.HeaderBytes)[FixedBytes..];

    /// <summary>The content of the page in view.</summary>
    public ReadOnlySpan<byte> Content() =>
        bytes.View(_page!.Value.HeaderBytes + _page.Value.ContentBytes)[_page.Value.HeaderBytes..];

    /// <summary>Advances past the page in view.</summary>
    public void Read()
    {
        bytes.Skip(_page!.Value.HeaderBytes + _page.Value.ContentBytes);
        _page = null;
    }

    private OggPage? PageHere()
    {
        var head = bytes.View(MaxHeaderBytes);
        if (!head.StartsWith("OggS"u8) || head[4] != 0 || head.Length < FixedBytes + head[26])
            return null;
        var headerBytes = FixedBytes + head[26];
        var contentBytes = 0;
        foreach (var length in head[FixedBytes..headerBytes])
            contentBytes += length;
        var page = new OggPage(
            head[5], BinaryPrimitives.ReadInt64LittleEndian(head[6..]), BinaryPrimitives.ReadUInt32LittleEndian(head[14..]),
            BinaryPrimitives.ReadUInt32LittleEndian(head[18..]), headerBytes, contentBytes);
        return !check || IsWhole(page) ? page : null;
    }

    private bool IsWhole(OggPage page)
    {
        var view = bytes.View(page.HeaderBytes + page.ContentBytes);
        if (view.Length < page.HeaderBytes + page.ContentBytes)
            return false;
        // The checksum covers the page with zeros in place of the checksum.
        var crc = OggCrc.Add(OggCrc.Add(OggCrc.Add(0, view[..22]), NoChecksum), view[26..]);
        return crc == BinaryPrimitives.ReadUInt32LittleEndian(view[22..]);
    }
}
