namespace SpeechEmotion.Audio.Ogg;

/// <summary>Ogg streams that start together.</summary>
/// <param name="Serials">The serial numbers of all streams.</param>
/// <param name="Serial">The serial number of the first stream that is Vorbis or Opus.</param>
/// <param name="Identification">The first packet of that stream; null if there is none.</param>
internal sealed record OggGroup(HashSet<uint> Serials, uint Serial, byte[]? Identification)
{
    /// <summary>Reads the first pages of all streams in a group; the page in view is one of them.</summary>
    public static OggGroup Read(OggPages pages)
    {
        HashSet<uint> serials = [];
        uint serial = 0;
        byte[]? identification = null;
        while (pages.Peek() is { IsFirst: true } page)
        {
            serials.Add(page.Serial);
            if (identification is null && pages.Content() is var packet
                && (OpusHead.IsHead(packet) || VorbisSetup.IsIdentification(packet)))
                (serial, identification) = (page.Serial, packet.ToArray());
            pages.Read();
        }
        return new(serials, serial, identification);
    }
}
