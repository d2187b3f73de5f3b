namespace SpeechEmotion.Audio.Ogg;

/// <summary>
/// The range of samples with audio in an Ogg stream, from the positions on its pages: a stream may start anywhere in a broadcast, and
/// its last page states how many of its samples are audio.
/// </summary>
/// <param name="preSkip">The number of samples that the codec adds at the start.</param>
internal sealed class OggExtent(long preSkip)
{
    private long _decoded;
    private long? _start;
    private long _end = long.MaxValue;

    /// <summary>The number of samples that the pages declare and no packet contains.</summary>
    public long Missing { get; private set; }

    /// <summary>Counts a packet before it is decoded.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="frames">The number of its samples.</param>
    public void Add(OggPacket packet, int frames)
    {
        _decoded += frames;
        if (packet.PageGranule < 0)
            return;
        if (_start is null && packet.EndsPage)
        {
            // On a stream's only page, the position trims the end, not the start.
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

    /// <summary>Marks the end of the packets: any samples that remain in the decoder are only the decay of the last packet.</summary>
    public void Complete() => _end = Math.Min(_end, _decoded);

    /// <summary>Returns the range of the next samples that is audio.</summary>
    /// <param name="position">The number of samples decoded before.</param>
    /// <param name="frames">The number of samples in the range.</param>
    /// <returns>The index of the first sample that is audio, and of the first one after the audio.</returns>
    public (int From, int To) Sound(long position, int frames)
    {
        var from = (int)Math.Clamp(preSkip - position, 0, frames);
        return (from, (int)Math.Clamp(_end - position, from, frames));
    }
}
