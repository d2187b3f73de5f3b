namespace SpeechEmotion.Audio.Ogg;

/// <summary>Ogg streams that begin together.</summary>
/// <param name="Serials">Of all of them.</param>
/// <param name="Serial">Of the first that is Vorbis or Opus.</param>
/// <param name="Identification">The first packet of that one; null where none is.</param>
internal sealed record OggGroup(HashSet<uint> Serials, uint Serial, byte[]? Identification)
{
    /// <summary>Reads the first pages of all streams of a group; the page in view is one.</summary>
    public static OggGroup Read(OggPages pages)
    {
        HashSet<uint> serials = [];
        uint serial = 0;
        byte[]? identification = null;
        while (pages.Peek() is { IsFirst: true } page)
        {
            serials.Add(page.Serial);
            if (identification is null && pages.Content() is var packet && (OpusHead.IsHead(packet) || VorbisSetup.IsIdentification(packet)))
                (serial, identification) = (page.Serial, packet.ToArray());
            pages.Read();
        }
        return new(serials, serial, identification);
    }
}
