using NVorbis;

namespace SpeechEmotion.Audio.Ogg;

/// <summary>A packet in the form that NVorbis requires.</summary>
/// <param name="bytes">The content.</param>
internal sealed class VorbisPacket(ReadOnlyMemory<byte> bytes) : DataPacket
{
    private int _position;

    /// <inheritdoc/>
    protected override int TotalBits => 8 * bytes.Length;

    /// <inheritdoc/>
    protected override int ReadNextByte() => _position < bytes.Length ? bytes.Span[_position++] : -1;

    /// <inheritdoc/>
    public override void Reset()
    {
        _position = 0;
        base.Reset();
    }
}
