using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Flac;

/// <summary>The header of a FLAC stream (its STREAMINFO block).</summary>
/// <param name="SampleRate">Hz; 0 where it is not known.</param>
/// <param name="Channels">1 to 8.</param>
/// <param name="Bits">Of a sample, 4 to 32.</param>
/// <param name="Frames">How many samples each channel has; 0 where that is not known.</param>
internal sealed record FlacStreamInfo(int SampleRate, int Channels, int Bits, long Frames)
{
    private const int InfoBytes = 34;
    private const int Rest = 18;

    /// <summary>Reads the header and leaves the window at the first frame.</summary>
    /// <returns>Null where no FLAC stream begins here.</returns>
    public static FlacStreamInfo? TryRead(ByteWindow bytes)
    {
        if (!bytes.View(4).SequenceEqual("fLaC"u8))
            return null;
        bytes.Skip(4);
        FlacStreamInfo? info = null;
        while (bytes.View(4) is { Length: 4 } head)
        {
            var (last, type) = ((head[0] & 0x80) != 0, head[0] & 0x7F);
            var length = (head[1] << 16) | (head[2] << 8) | head[3];
            bytes.Skip(4);
            if (type == 0 && length >= InfoBytes && bytes.View(InfoBytes) is { Length: InfoBytes } content)
                info = Parse(content);
            bytes.Skip(length);
            if (last)
                break;
        }
        return info;
    }

    private static FlacStreamInfo Parse(ReadOnlySpan<byte> content)
    {
        // 20 bits of rate, 3 of channels, 5 of sample size, 36 of length.
        var packed = BinaryPrimitives.ReadUInt64BigEndian(content[(Rest - 8)..]);
        return new((int)(packed >> 44), (int)((packed >> 41) & 7) + 1, (int)((packed >> 36) & 31) + 1, (long)(packed & 0xFFFFFFFFF));
    }
}
