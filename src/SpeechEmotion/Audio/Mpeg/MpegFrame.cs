using NLayer;
using SpeechEmotion.Audio.Sniffing;

namespace SpeechEmotion.Audio.Mpeg;

/// <summary>One MPEG audio frame in the form that the decoder requires: the header's fields, and the bits after it.</summary>
internal sealed class MpegFrame : IMpegFrame
{
    private const int HeaderBytes = 4;
    private const int ChecksumBytes = 2;

    private byte[] _bytes = [];
    private int _position;

    /// <inheritdoc/>
    public int FrameLength { get; private set; }

    /// <inheritdoc/>
    public MpegVersion Version => ((_bytes[1] >> 3) & 3) switch
    {
        0 => MpegVersion.Version25,
        2 => MpegVersion.Version2,
        _ => MpegVersion.Version1,
    };

    /// <inheritdoc/>
    public MpegLayer Layer => ((_bytes[1] >> 1) & 3) == 2 ? MpegLayer.LayerII : MpegLayer.LayerIII;

    /// <inheritdoc/>
    public int SampleRate => MpegAudioFrame.SampleRate(_bytes);

    /// <inheritdoc/>
    public int SampleRateIndex => (_bytes[2] >> 2) & 3;

    /// <inheritdoc/>
    public int BitRate => MpegAudioFrame.BitRate(_bytes);

    /// <inheritdoc/>
    public int BitRateIndex => _bytes[2] >> 4;

    /// <inheritdoc/>
    public MpegChannelMode ChannelMode => (MpegChannelMode)(_bytes[3] >> 6);

    /// <inheritdoc/>
    public int ChannelModeExtension => (_bytes[3] >> 4) & 3;

    /// <inheritdoc/>
    public int SampleCount => MpegAudioFrame.Samples(_bytes);

    /// <inheritdoc/>
    public bool IsCopyrighted => (_bytes[3] & 8) != 0;

    /// <inheritdoc/>
    public bool HasCrc => (_bytes[1] & 1) == 0;

    /// <inheritdoc/>
    public bool IsCorrupted => false;

    /// <summary>The number of channels, 1 or 2.</summary>
    public int Channels => ChannelMode == MpegChannelMode.Mono ? 1 : 2;

    /// <summary>Copies the bytes of a frame, header first.</summary>
    public void Set(ReadOnlySpan<byte> frame)
    {
        if (_bytes.Length < frame.Length)
            _bytes = new byte[frame.Length];
        frame.CopyTo(_bytes);
        FrameLength = frame.Length;
        Reset();
    }

    /// <inheritdoc/>
    public void Reset() => _position = 8 * (HeaderBytes + (HasCrc ? ChecksumBytes : 0));

    /// <inheritdoc/>
    public int ReadBits(int bitCount)
    {
        if (_position + bitCount > 8 * FrameLength)
            return -1;
        var value = 0;
        for (var left = bitCount; left > 0;)
        {
            var (offset, room) = (_position & 7, 8 - (_position & 7));
            var count = Math.Min(room, left);
            value = (value << count) | ((_bytes[_position >> 3] >> (8 - offset - count)) & ((1 << count) - 1));
            _position += count;
            left -= count;
        }
        return value;
    }
}
