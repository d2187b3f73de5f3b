using SpeechEmotion.Inference;

namespace SpeechEmotion.Segments;

/// <summary>
/// The segments of speech of one channel, joined so that a model processes them at once. So it does not depend on how much silence
/// there is around the speech. Memory holds the segments, as long as they are not too long. Not thread-safe.
/// </summary>
/// <param name="longest">The most samples that are to be processed at once.</param>
internal sealed class SpeechExcerpt(int longest)
{
    private readonly List<SpeechSegment> _segments = [];

    /// <summary>Its samples so far.</summary>
    public int Length { get; private set; }

    /// <summary>Whether there is more speech than may be processed at once; it is then empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The excerpt of a recording that is in memory.</summary>
    /// <param name="samples">16 kHz.</param>
    /// <param name="options">How speech is found.</param>
    public static SpeechExcerpt Of(ReadOnlySpan<float> samples, SegmentationOptions options)
    {
        var (excerpt, segmenter) = (new SpeechExcerpt(samples.Length), new SpeechSegmenter(options));
        foreach (var segment in segmenter.Add(samples))
            excerpt.Add(segment);
        foreach (var segment in segmenter.Complete())
            excerpt.Add(segment);
        return excerpt;
    }

    /// <summary>Takes the next segment.</summary>
    public void Add(SpeechSegment segment)
    {
        IsTooLong |= Length + segment.Length > longest;
        if (IsTooLong)
        {
            _segments.Clear();
            Length = 0;
            return;
        }
        _segments.Add(segment);
        Length += segment.Length;
    }

    /// <summary>Its samples, in order.</summary>
    public float[] Join()
    {
        var joined = new float[Length];
        var filled = 0;
        foreach (var segment in _segments)
        {
            segment.Samples.Span[..segment.Length].CopyTo(joined.AsSpan(filled));
            filled += segment.Length;
        }
        return joined;
    }

    /// <summary>The frames that a model gave for <see cref="Join"/>, each run of them with its place on the grid of the recording.</summary>
    /// <param name="frames">All of them.</param>
    /// <param name="dimension">Length of one frame's features.</param>
    /// <param name="labels">Logits of one frame.</param>
    public IEnumerable<(long Index, ModelFrames Frames)> Place(ModelFrames frames, int dimension, int labels)
    {
        var from = 0;
        foreach (var segment in _segments)
        {
            // A model may give one more frame for what is left over at the end: it belongs to no place.
            var to = Math.Min(frames.Count, from + (segment.Length / FrameGrid.Hop));
            if (to > from)
            {
                yield return (segment.Start / FrameGrid.Hop, new(
                    to - from, frames.Features[(from * dimension)..(to * dimension)], frames.Logits[(from * labels)..(to * labels)]));
            }
            from = to;
        }
    }
}
