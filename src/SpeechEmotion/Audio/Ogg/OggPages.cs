using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Ogg;

/// <summary>Steps through the pages of an Ogg file. Bytes between pages, and pages whose checksum is wrong, are left out.</summary>
/// <param name="bytes">The file; its owner disposes it.</param>
/// <param name="check">Whether checksums are computed; only lengths and positions are read without.</param>
internal sealed class OggPages(ByteWindow bytes, bool check)
{
    private const int FixedBytes = 27;
    private const int MaxHeaderBytes = FixedBytes + 255;
    private static readonly byte[] NoChecksum = new byte[4];

    private OggPage? _page;

    /// <summary>Bytes that were left out.</summary>
    public long Skipped { get; private set; }

    /// <summary>The next page, which is not read yet; null at the end of the file.</summary>
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

    /// <summary>Lengths of the pieces that the page in view is cut into: a packet ends with a piece of less than 255 bytes.</summary>
    public ReadOnlySpan<byte> Lacing() => bytes.View(_page!.Value.HeaderBytes)[FixedBytes..];

    /// <summary>The content of the page in view.</summary>
    public ReadOnlySpan<byte> Content() => bytes.View(_page!.Value.HeaderBytes + _page.Value.ContentBytes)[_page.Value.HeaderBytes..];

    /// <summary>Moves behind the page in view.</summary>
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
        // The checksum is computed over the page with zeros in its own place.
        var crc = OggCrc.Add(OggCrc.Add(OggCrc.Add(0, view[..22]), NoChecksum), view[26..]);
        return crc == BinaryPrimitives.ReadUInt32LittleEndian(view[22..]);
    }
}
