namespace SpeechEmotion.Audio.Ogg;

/// <summary>An Ogg page (RFC 3533), without its content.</summary>
/// <param name="Flags">Bit 0: the page continues a packet; bit 1: it starts a stream; bit 2: it ends the stream.</param>
/// <param name="Granule">The codec's position at the end of the last packet that ends on the page; -1 if none does.</param>
/// <param name="Serial">The serial number of the stream in the file.</param>
/// <param name="Sequence">The number of the page in the stream.</param>
/// <param name="HeaderBytes">The length of the page's header.</param>
/// <param name="ContentBytes">The length of the packets on the page.</param>
internal readonly record struct OggPage(int Flags, long Granule, uint Serial, uint Sequence, int HeaderBytes, int ContentBytes)
{
    public bool IsContinued => (Flags & 1) != 0;

    public bool IsFirst => (Flags & 2) != 0;

    public bool IsLast => (Flags & 4) != 0;
}
