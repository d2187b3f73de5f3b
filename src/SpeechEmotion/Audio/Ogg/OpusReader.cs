using Concentus;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Audio.Ogg;

/// <summary>Decodes one Opus stream with Concentus.</summary>
internal sealed class OpusReader : BlockReader
{
    private readonly OggPackets _packets;
    private readonly OpusHead _head;
    private readonly IOpusMultiStreamDecoder _decoder;
    private readonly OggExtent _extent;
    private readonly float[] _block;
    private long _position;

    // Concentus uses a native decoder if it finds one, unless this is switched off; the result would depend on the machine.
    static OpusReader() => OpusCodecFactory.AttemptToUseNativeLibrary = false;

    private OpusReader(OggPackets packets, OpusHead head)
    {
        (_packets, _head, _extent) = (packets, head, new(head.PreSkip));
        _decoder = OpusCodecFactory.CreateMultiStreamDecoder(OpusHead.SampleRate, head.Channels, head.Streams, head.Coupled, head.Mapping);
        _block = new float[OpusHead.MaxFrames * head.Channels];
        Format = new("OGG", "opus", OpusHead.SampleRate, head.Channels, null, "built-in") { DecoderVersion = BuiltInReader.Concentus };
    }

    public override AudioFormat Format { get; }

    public override AudioLoss? Loss => AudioLoss.Of(
        TimeSpan.FromSeconds(Math.Min((double)_extent.Missing / OpusHead.SampleRate, 1e9)), _packets.Skipped);

    /// <summary>Reads the two headers; null if they are damaged.</summary>
    public static OpusReader? TryOpen(OggPackets packets, ReadOnlySpan<byte> identification) =>
        OpusHead.TryRead(identification) is { } head && packets.Next() is not null ? new(packets, head) : null;

    public override void Dispose()
    {
        _decoder.Dispose();
        base.Dispose();
    }

    protected override ReadOnlyMemory<float> Decode()
    {
        while (_packets.Next() is { } packet)
        {
            var frames = OpusHead.FramesOf(packet.Bytes.Span);
            _extent.Add(packet, frames);
            var samples = _block.AsSpan(0, frames * _head.Channels);
            if (!TryDecode(packet.Bytes.Span, samples, frames))
                samples.Clear();
            var (from, to) = _extent.Sound(_position, frames);
            _position += frames;
            if (to > from)
                return _block.AsMemory(from * _head.Channels, (to - from) * _head.Channels);
        }
        return default;
    }

    /// <summary>Decodes a packet. A damaged one becomes silence of the same duration.</summary>
    private bool TryDecode(ReadOnlySpan<byte> packet, Span<float> samples, int frames)
    {
        if (frames == 0)
            return true;
        try
        {
            if (_decoder.DecodeMultistream(packet, samples, frames, false) != frames)
                return false;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or IOException or SpeechEmotionException))
        {
            // A damaged packet may violate any check of Concentus or the runtime.
            return false;
        }
        if (_head.Gain != 1)
            System.Numerics.Tensors.TensorPrimitives.Multiply(samples, _head.Gain, samples);
        return true;
    }
}
