using NVorbis.Contracts;

namespace SpeechEmotion.Audio.Ogg;

/// <summary>
/// Passes a Vorbis stream to NVorbis packet by packet. The comment header is replaced by an empty one and positions are withheld: with
/// either, a forged file could cost any amount of memory or time.
/// </summary>
internal sealed class VorbisPackets : IPacketProvider
{
    private static readonly byte[] NoComments = [3, .. "vorbis"u8, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    private readonly OggPackets _packets;
    private readonly VorbisSetup _setup;
    private readonly OggExtent _extent;
    private readonly Queue<byte[]> _headers;

    private VorbisPackets(OggPackets packets, byte[] identification, byte[] setup, VorbisSetup parsed, OggExtent extent)
    {
        (_packets, _setup, _extent) = (packets, parsed, extent);
        _headers = new([identification, NoComments, setup]);
    }

    /// <inheritdoc/>
    public bool CanSeek => false;

    /// <inheritdoc/>
    public int StreamSerial => 0;

    /// <summary>The number of packets passed so far.</summary>
    public long Count { get; private set; }

    /// <summary>Reads the three headers; null if they are damaged.</summary>
    public static VorbisPackets? TryOpen(OggPackets packets, byte[] identification, OggExtent extent)
    {
        if (packets.Next() is null || packets.Next() is not { } setup)
            return null;
        var bytes = setup.Bytes.ToArray();
        return VorbisSetup.TryRead(identification, bytes) is { } parsed ? new(packets, identification, bytes, parsed, extent) : null;
    }

    /// <inheritdoc/>
    public IPacket PeekNextPacket() => new VorbisPacket(_headers.Peek());

    /// <inheritdoc/>
    public IPacket? GetNextPacket()
    {
        Count++;
        if (_headers.TryDequeue(out var header))
            return new VorbisPacket(header);
        if (_packets.Next() is not { } packet)
        {
            _extent.Complete();
            return null;
        }
        _extent.Add(packet, _setup.FramesOf(packet.Bytes.Span));
        return new VorbisPacket(packet.Bytes);
    }

    /// <inheritdoc/>
    public long GetGranuleCount() => 0;

    /// <inheritdoc/>
    public long SeekTo(long granulePos, int preRoll, GetPacketGranuleCount getPacketGranuleCount) => throw new NotSupportedException();
}
