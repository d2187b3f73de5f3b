using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Flac;

/// <summary>The header of a FLAC stream (its STREAMINFO block).</summary>
/// <param name="SampleRate">The rate in Hz; 0 if unknown.</param>
/// <param name="Channels">The number of channels, 1 to 8.</param>
/// <param name="Bits">The bits per sample, 4 to 32.</param>
/// <param name="Frames">The number of samples per channel; 0 if unknown.</param>
internal sealed record FlacStreamInfo(int SampleRate, int Channels, int Bits, long Frames)
{
    private const int InfoBytes = 34;
    private const int Rest = 18;

    /// <summary>Reads the header and leaves the window at the first frame.</summary>
    /// <returns>Null if no FLAC stream starts here.</returns>
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
