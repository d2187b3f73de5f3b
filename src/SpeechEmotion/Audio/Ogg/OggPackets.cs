namespace SpeechEmotion.Audio.Ogg;

/// <summary>The packets of one stream after its first page, up to the end of its group.</summary>
/// <param name="pages">The pages of the file.</param>
/// <param name="serial">The serial number of the stream.</param>
/// <param name="group">The serial numbers of all streams that start together with it; their pages are skipped.</param>
internal sealed class OggPackets(OggPages pages, uint serial, IReadOnlySet<uint> group)
{
    /// <summary>The largest packet that is assembled; a second of audio takes far less.</summary>
    private const int MaxPacketBytes = 1 << 20;

    private byte[] _packet = new byte[4096];
    private int _length;
    private bool _isPartial;
    private byte[] _lacing = [];
    private byte[] _content = [];
    private int _piece;
    private int _offset;
    private OggPage _page;
    private uint? _sequence;
    private bool _ended;

    /// <summary>The number of skipped bytes: other streams, and packets whose start or end is missing.</summary>
    public long Skipped { get; private set; }

    /// <summary>Returns the next packet; null at the end of the stream.</summary>
    public OggPacket? Next()
    {
        while (true)
        {
            while (_piece < _lacing.Length)
            {
                var length = _lacing[_piece++];
                Append(_content.AsSpan(_offset, length));
                _offset += length;
                if (length == 255)
                    continue;
                var (whole, bytes) = (_length >= 0, _packet.AsMemory(0, Math.Max(_length, 0)));
                _length = 0;
                if (whole)
                    return new(bytes, _page.Granule, _lacing.AsSpan(_piece).IndexOfAnyExcept((byte)255) < 0, _page.IsLast);
            }
            if (_ended || !NextPage())
                return null;
        }
    }

    private bool NextPage()
    {
        while (pages.Peek() is { } page)
        {
            // All streams of a group start before any of them continues.
            if (page.IsFirst)
                return false;
            if (page.Serial == serial)
                Take(page);
            else if (!group.Contains(page.Serial))
                Skipped += page.ContentBytes;
            pages.Read();
            if (page.Serial == serial)
                return true;
        }
        return false;
    }

    private void Take(OggPage page)
    {
        _page = page;
        (_lacing, _content) = (pages.Lacing().ToArray(), pages.Content().ToArray());
        (_piece, _offset) = (0, 0);
        var follows = _sequence is null || page.Sequence == _sequence + 1;
        _sequence = page.Sequence;
        _ended = page.IsLast;
        if (_isPartial && !(follows && page.IsContinued))
        {
            Skipped += Math.Max(_length, 0);
            (_length, _isPartial) = (0, false);
        }
        if (page.IsContinued && !_isPartial)
            _length = -1;
        _isPartial = _lacing is [.., 255];
    }

    /// <summary>Appends a segment to the packet. A length of -1 marks a packet that cannot be assembled.</summary>
    private void Append(ReadOnlySpan<byte> piece)
    {
        if (_length < 0 || _length + piece.Length > MaxPacketBytes)
        {
            Skipped += piece.Length + Math.Max(_length, 0);
            _length = -1;
            return;
        }
        if (_length + piece.Length > _packet.Length)
            Array.Resize(ref _packet, Math.Max(2 * _packet.Length, _length + piece.Length));
        piece.CopyTo(_packet.AsSpan(_length));
        _length += piece.Length;
    }
}
