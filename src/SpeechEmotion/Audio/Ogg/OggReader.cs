namespace SpeechEmotion.Audio.Ogg;

/// <summary>
/// Opens Ogg files with Vorbis or Opus. Consecutive streams (chained, as in broadcasts and <c>cat</c> output) are all decoded; of
/// multiplexed streams, only the first one of a known kind.
/// </summary>
internal sealed class OggReader
{
    private readonly OggPages _pages;
    private OggGroup? _group;
    private long _skipped;

    private OggReader(OggPages pages) => _pages = pages;

    /// <summary>Opens a file; null if its first streams are neither Vorbis nor Opus.</summary>
    /// <exception cref="Errors.AudioException">A header is damaged.</exception>
    public static JoinedReader? TryOpen(AudioInput source)
    {
        var bytes = new ByteWindow(source.OpenBytes());
        JoinedReader? reader = null;
        try
        {
            var duration = OggDuration.Measure(new(bytes, check: false));
            bytes.MoveTo(0);
            var ogg = new OggReader(new(bytes, check: true));
            if (ogg.Next() is { } first)
                return reader = new(first, ogg.Next, bytes, duration, ogg.Skipped);
            return ogg._group is { Identification: null }
                ? null
                : throw AudioErrors.Damaged(source.Name, "the headers of its Ogg stream are invalid", "Ogg 流的头部有误");
        }
        finally
        {
            if (reader is null)
                bytes.Dispose();
        }
    }

    private AudioLoss? Skipped() => AudioLoss.Of(default, _skipped + _pages.Skipped);

    /// <summary>Opens the next stream; null at the end of the file, or if the file starts with streams of an unknown kind.</summary>
    private IAudioReader? Next()
    {
        var isFirst = _group is null;
        while (_pages.Peek() is { } page)
        {
            if (!page.IsFirst)
            {
                // The rest of a group that has ended or cannot be decoded.
                if (_group is not { Identification: not null } group || !group.Serials.Contains(page.Serial))
                    _skipped += page.ContentBytes;
                _pages.Read();
                continue;
            }
            _group = OggGroup.Read(_pages);
            if (Open(_group) is { } reader)
                return reader;
            if (isFirst)
                return null;
            _group = new([], 0, null);
        }
        return null;
    }

    private IAudioReader? Open(OggGroup group)
    {
        if (group.Identification is not { } identification)
            return null;
        var packets = new OggPackets(_pages, group.Serial, group.Serials);
        return OpusHead.IsHead(identification)
            ? OpusReader.TryOpen(packets, identification)
            : VorbisReader.TryOpen(packets, identification);
    }
}
