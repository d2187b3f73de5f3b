using SpeechEmotion.Inference;

namespace SpeechEmotion.Segments;

/// <summary>
/// The segments of speech of one channel, joined so that a model processes them at once. The result therefore does not depend on
/// the length of the silence around the speech. Memory holds the segments while they are not too long. Not thread-safe.
/// </summary>
/// <param name="longest">The most samples to process at once.</param>
internal sealed class SpeechExcerpt(int longest)
{
    private readonly List<SpeechSegment> _segments = [];

    /// <summary>The number of samples so far.</summary>
    public int Length { get; private set; }

    /// <summary>Whether there is more speech than may be processed at once; the excerpt is then empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Creates the excerpt of a recording in memory.</summary>
    /// <param name="samples">The samples, 16 kHz.</param>
    /// <param name="options">How speech is detected.</param>
    public static SpeechExcerpt Of(ReadOnlySpan<float> samples, SegmentationOptions options)
    {
        var (excerpt, segmenter) = (new SpeechExcerpt(samples.Length), new SpeechSegmenter(options));
        foreach (var segment in segmenter.Add(samples))
            excerpt.Add(segment);
        foreach (var segment in segmenter.Complete())
            excerpt.Add(segment);
        return excerpt;
    }

    /// <summary>Adds the next segment.</summary>
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

    /// <summary>Joins its samples, in order.</summary>
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

    /// <summary>Maps the frames that a model returned for <see cref="Join"/> to the grid of the recording, run by run.</summary>
    /// <param name="frames">All frames.</param>
    /// <param name="dimension">The length of one frame's features.</param>
    /// <param name="labels">The number of logits of one frame.</param>
    public IEnumerable<(long Index, ModelFrames Frames)> Place(ModelFrames frames, int dimension, int labels)
    {
        var from = 0;
        foreach (var segment in _segments)
        {
            // A model may return one more frame for the remainder at the end: it has no place on the grid.
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
