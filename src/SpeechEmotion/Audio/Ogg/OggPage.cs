namespace SpeechEmotion.Audio.Ogg;

/// <summary>An Ogg page (RFC 3533), without its content.</summary>
/// <param name="Flags">Bit 0: goes on with a packet; bit 1: begins a stream; bit 2: ends it.</param>
/// <param name="Granule">The codec's position at the end of the last packet that ends on the page; -1 where none does.</param>
/// <param name="Serial">Identifies one stream of a file.</param>
/// <param name="Sequence">Counts the pages of a stream.</param>
/// <param name="HeaderBytes">Of the page's header.</param>
/// <param name="ContentBytes">Of the packets on it.</param>
internal readonly record struct OggPage(int Flags, long Granule, uint Serial, uint Sequence, int HeaderBytes, int ContentBytes)
{
    public bool IsContinued => (Flags & 1) != 0;

    public bool IsFirst => (Flags & 2) != 0;

    public bool IsLast => (Flags & 4) != 0;
}
