using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Ogg;

/// <summary>Computes the duration of an Ogg file from the positions on its pages, without decoding.</summary>
internal static class OggDuration
{
    /// <summary>More seconds than any page contains: a stream whose first position is larger was cut out of another one.</summary>
    private const int CutSeconds = 60;

    /// <summary>Adds the durations of the streams that are decoded one after another; null if one of them is unknown.</summary>
    public static TimeSpan? Measure(OggPages pages)
    {
        var seconds = 0.0;
        while (pages.Peek() is { } page)
        {
            if (!page.IsFirst)
            {
                pages.Read();
                continue;
            }
            if (OggGroup.Read(pages) is not { Identification: { } identification } group)
                continue;
            var (rate, skip) = OpusHead.IsHead(identification)
                ? (OpusHead.SampleRate, OpusHead.TryRead(identification)?.PreSkip ?? 0)
                : (BinaryPrimitives.ReadInt32LittleEndian(identification.AsSpan(12)), 0);
            if (Last(pages, group.Serial, (long)CutSeconds * rate) is not { } last)
                return null;
            seconds += Math.Max(0.0, last - skip) / rate;
        }
        return seconds > 0 && seconds < TimeSpan.MaxValue.TotalSeconds / 4 ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>The last position of a stream; null if its first position exceeds the limit.</summary>
    private static long? Last(OggPages pages, uint serial, long limit)
    {
        long last = 0;
        while (pages.Peek() is { IsFirst: false } page)
        {
            if (page.Serial == serial && page.Granule >= 0)
            {
                if (last == 0 && page.Granule > limit)
                    return null;
                last = page.Granule;
            }
            pages.Read();
        }
        return last;
    }
}
