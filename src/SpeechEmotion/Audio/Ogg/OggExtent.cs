namespace SpeechEmotion.Audio.Ogg;

/// <summary>
/// Where the sound of an Ogg stream begins and ends, by the positions on its pages: a stream may begin anywhere in a
/// broadcast, and its last page says how many of its samples are sound.
/// </summary>
/// <param name="preSkip">Samples at the beginning that are the codec's own.</param>
internal sealed class OggExtent(long preSkip)
{
    private long _decoded;
    private long? _start;
    private long _end = long.MaxValue;

    /// <summary>Samples that the pages declare and no packet holds.</summary>
    public long Missing { get; private set; }

    /// <summary>Counts a packet, before it is decoded.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="frames">Its samples.</param>
    public void Add(OggPacket packet, int frames)
    {
        _decoded += frames;
        if (packet.PageGranule < 0)
            return;
        if (_start is null && packet.EndsPage)
        {
            // On a stream's only page, the position cuts the end and not the beginning.
            _start = packet.EndsStream ? Math.Max(0, packet.PageGranule - _decoded) : packet.PageGranule - _decoded;
        }
        var end = packet.PageGranule - (_start ?? 0);
        if (packet.EndsStream)
            _end = Math.Max(0, end);
        if (packet.EndsPage && end > _decoded)
        {
            // Packets before this page are missing.
            Missing += end - _decoded;
            _start += end - _decoded;
            _end = packet.EndsStream ? _decoded : _end;
        }
    }

    /// <summary>Says that no packet comes any more: what the decoder still holds is the fading of the last one.</summary>
    public void Complete() => _end = Math.Min(_end, _decoded);

    /// <summary>Which of the samples from a position on are sound.</summary>
    /// <param name="position">Samples of the stream that were decoded before.</param>
    /// <param name="frames">How many samples come.</param>
    /// <returns>The first of them that is sound, and the first that is not any more.</returns>
    public (int From, int To) Sound(long position, int frames)
    {
        var from = (int)Math.Clamp(preSkip - position, 0, frames);
        return (from, (int)Math.Clamp(_end - position, from, frames));
    }
}
