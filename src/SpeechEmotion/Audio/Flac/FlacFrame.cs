using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Flac;

/// <summary>Decodes FLAC frames into interleaved float32 samples; reuses its buffers for each frame.</summary>
/// <param name="info">The header of the stream.</param>
internal sealed class FlacFrame(FlacStreamInfo info)
{
    private long[] _samples = [];
    private float[] _interleaved = [];
    private int _count;

    /// <summary>The interleaved samples of the last decoded frame.</summary>
    public ReadOnlyMemory<float> Interleaved => _interleaved.AsMemory(0, _count);

    /// <summary>Decodes the frame at the start of the bytes.</summary>
    /// <param name="bytes">The frame, and possibly more.</param>
    /// <param name="length">The length of the frame in bytes; if none was decoded, the number of bytes examined.</param>
    /// <param name="tooFewBytes">Whether the frame seems to continue beyond the bytes.</param>
    /// <returns>False if no complete, undamaged frame of this stream starts here.</returns>
    public bool TryDecode(ReadOnlySpan<byte> bytes, out int length, out bool tooFewBytes)
    {
        var bits = new FlacBits(bytes);
        (length, tooFewBytes) = (0, false);
        if (FlacFrameHeader.TryRead(bytes, ref bits) is not { } header || !Fits(header))
            return false;
        var size = header.Bits == 0 ? info.Bits : header.Bits;
        if (_samples.Length < header.Frames * header.Channels)
            (_samples, _interleaved) = (new long[header.Frames * header.Channels], new float[header.Frames * header.Channels]);
        for (var channel = 0; channel < header.Channels; channel++)
        {
            var side = header.Assignment is 8 or 10 ? 1 : header.Assignment == 9 ? 0 : -1;
            if (!FlacSubframe.TryDecode(ref bits, channel == side ? size + 1 : size, Channel(channel, header.Frames)))
            {
                (length, tooFewBytes) = (bits.BytesRead, bits.IsOverrun);
                return false;
            }
        }
        bits.Align();
        length = bits.BytesRead + 2;
        if (length > bytes.Length)
        {
            tooFewBytes = true;
            return false;
        }
        if (FlacCrc.Crc16(bytes[..(length - 2)]) != BinaryPrimitives.ReadUInt16BigEndian(bytes[(length - 2)..]))
            return false;
        Correlate(header);
        Interleave(header, size);
        return true;
    }

    // Comparing the header with the stream makes a false match by chance even less likely.
    private bool Fits(FlacFrameHeader header) =>
        header.Channels == info.Channels && (header.Bits == 0 || header.Bits == info.Bits) &&
        (header.SampleRate == 0 || header.SampleRate == info.SampleRate);

    private Span<long> Channel(int channel, int frames) => _samples.AsSpan(channel * frames, frames);

    private void Correlate(FlacFrameHeader header)
    {
        if (header.Assignment < 8)
            return;
        var one = Channel(0, header.Frames);
        var other = Channel(1, header.Frames);
        for (var i = 0; i < other.Length; i++)
        {
            switch (header.Assignment)
            {
                case 8:
                    other[i] = one[i] - other[i];
                    break;
                case 9:
                    one[i] += other[i];
                    break;
                default:
                    var mid = (one[i] << 1) | (other[i] & 1);
                    (one[i], other[i]) = ((mid + other[i]) >> 1, (mid - other[i]) >> 1);
                    break;
            }
        }
    }

    private void Interleave(FlacFrameHeader header, int size)
    {
        var scale = 1f / (1L << (size - 1));
        for (var channel = 0; channel < header.Channels; channel++)
        {
            var samples = Channel(channel, header.Frames);
            for (var i = 0; i < samples.Length; i++)
                _interleaved[(i * header.Channels) + channel] = samples[i] * scale;
        }
        _count = header.Frames * header.Channels;
    }
}
