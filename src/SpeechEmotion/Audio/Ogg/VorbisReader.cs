using NVorbis;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Audio.Ogg;

/// <summary>Decodes one Vorbis stream with NVorbis.</summary>
internal sealed class VorbisReader : IAudioReader
{
    private readonly OggPackets _source;
    private readonly VorbisPackets _packets;
    private readonly StreamDecoder _decoder;
    private readonly OggExtent _extent;
    private long _position;
    private bool _ended;

    private VorbisReader(OggPackets source, VorbisPackets packets, StreamDecoder decoder, OggExtent extent)
    {
        (_source, _packets, _decoder, _extent) = (source, packets, decoder, extent);
        Format = new("OGG", "vorbis", decoder.SampleRate, decoder.Channels, null, "built-in") { DecoderVersion = BuiltInReader.NVorbis };
    }

    public AudioFormat Format { get; }

    public AudioLoss? Loss => AudioLoss.Of(
        TimeSpan.FromSeconds(Math.Min((double)_extent.Missing / Format.SampleRate, 1e9)), _source.Skipped);

    /// <summary>Reads the headers; null if they are damaged.</summary>
    public static VorbisReader? TryOpen(OggPackets source, byte[] identification)
    {
        var extent = new OggExtent(0);
        if (VorbisPackets.TryOpen(source, identification, extent) is not { } packets)
            return null;
        try
        {
            var decoder = new StreamDecoder(packets) { ClipSamples = false };
            return new(source, packets, decoder, extent);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or IOException or SpeechEmotionException))
        {
            // A damaged header may violate any check of NVorbis or the runtime.
            return null;
        }
    }

    public int Read(Span<float> interleaved)
    {
        while (!_ended)
        {
            var frames = Decode(interleaved[..(interleaved.Length - (interleaved.Length % Format.Channels))]) / Format.Channels;
            var (from, to) = _extent.Sound(_position, frames);
            _position += frames;
            interleaved[(from * Format.Channels)..(to * Format.Channels)].CopyTo(interleaved);
            if (to > from)
                return (to - from) * Format.Channels;
        }
        return 0;
    }

    public void Dispose() => _decoder.Dispose();

    private int Decode(Span<float> interleaved)
    {
        var before = _packets.Count;
        try
        {
            var read = _decoder.Read(interleaved, 0, interleaved.Length);
            _ended = read == 0;
            return read;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or IOException or SpeechEmotionException))
        {
            // A damaged packet may violate any check of NVorbis or the runtime. Without a new packet this would repeat forever.
            _ended = _packets.Count == before;
            return 0;
        }
    }
}
