using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Ogg;

/// <summary>The header of an Opus stream (RFC 7845).</summary>
/// <param name="Channels">The number of channels, 1 to 8.</param>
/// <param name="PreSkip">The number of samples at 48 kHz before the audio.</param>
/// <param name="Gain">The factor by which all samples are multiplied.</param>
/// <param name="Streams">The number of streams inside each packet.</param>
/// <param name="Coupled">The number of these streams that have two channels.</param>
/// <param name="Mapping">For each channel, the index of its decoded channel; 255 for silence.</param>
internal sealed record OpusHead(int Channels, int PreSkip, float Gain, int Streams, int Coupled, byte[] Mapping)
{
    /// <summary>The rate at which Opus is always decoded, in Hz; the header only states the rate of the encoder's input.</summary>
    public const int SampleRate = 48_000;

    /// <summary>The largest packet, 120 ms.</summary>
    public const int MaxFrames = 5760;

    private const int FixedBytes = 19;

    public static bool IsHead(ReadOnlySpan<byte> packet) => packet.StartsWith("OpusHead"u8);

    /// <summary>Reads the header; null if it is damaged or maps channels in a way that is not for playback.</summary>
    public static OpusHead? TryRead(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < FixedBytes || (packet[8] & 0xF0) != 0 || packet[9] is 0 or > 8)
            return null;
        var (channels, family) = (packet[9], packet[18]);
        var skip = BinaryPrimitives.ReadUInt16LittleEndian(packet[10..]);
        var gain = MathF.Pow(10, BinaryPrimitives.ReadInt16LittleEndian(packet[16..]) / (20f * 256));
        if (family == 0)
            return channels > 2 ? null : new(channels, skip, gain, 1, channels - 1, [0, 1]);
        if (family != 1 || packet.Length < FixedBytes + 2 + channels)
            return null;
        int streams = packet[19], coupled = packet[20];
        var mapping = packet.Slice(21, channels).ToArray();
        return streams < 1 || coupled > streams || streams + coupled > 16
            || mapping.Any(index => index != 255 && index >= streams + coupled)
            ? null
            : new(channels, skip, gain, streams, coupled, mapping);
    }

    /// <summary>The number of samples per channel in a packet, at 48 kHz; 0 if the packet is damaged.</summary>
    public static int FramesOf(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
            return 0;
        // Speech (SILK) frames last 10 to 60 ms, hybrid frames 10 or 20 ms, music (CELT) frames 2.5 to 20 ms.
        var configuration = packet[0] >> 3;
        var frame = configuration switch
        {
            < 12 => (configuration & 3) == 3 ? 2880 : 480 << (configuration & 3),
            < 16 => 480 << (configuration & 1),
            _ => 120 << (configuration & 3),
        };
        var count = (packet[0] & 3) switch { 0 => 1, 3 => packet.Length > 1 ? packet[1] & 63 : 0, _ => 2 };
        return frame * count <= MaxFrames ? frame * count : 0;
    }
}
