using System.Numerics.Tensors;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Segments;

/// <summary>
/// Recognises segments by themselves. One with quiet points inside is first heard in the pieces between them; it is parted
/// where their emotion changes, and each part is then heard by itself. Thread-safe.
/// </summary>
internal sealed class SegmentRecognizer(IEmotionModel model, LabelSet labels)
{
    /// <summary>The most that is heard at once unless something else is tried, in grid steps: 5 s.</summary>
    public const int DefaultLongest = 250;

    /// <summary>The most that is heard at once, in grid steps.</summary>
    public int LongestPiece { get; init; } = DefaultLongest;

    /// <summary>The least that is heard of a longer segment, in grid steps: 1 s.</summary>
    public int ShortestPiece { get; init; } = 50;

    /// <summary>How much quieter than the speech around it a point must be to be tried as a change, as a ratio of powers.</summary>
    public float Quiet { get; init; } = 0.02f;

    /// <summary>What a change costs, in log probability times seconds.</summary>
    public double ChangePrice { get; init; } = 2;

    /// <summary>Recognises a segment.</summary>
    /// <returns>Its parts in order; they cover it.</returns>
    public IReadOnlyList<EmotionSpan> Recognize(SpeechSegment segment, CancellationToken ct)
    {
        var steps = (segment.Length + FrameGrid.Hop - 1) / FrameGrid.Hop;
        var bounds = new List<int> { 0 };
        AddBounds(QuietPoint.Powers(segment.Samples.Span), 0, steps, bounds);
        var pieces = new List<SegmentChunk>();
        for (var i = 1; i < bounds.Count; i++)
            pieces.Add(Hear(segment, bounds[i - 1], bounds[i], ct));
        return Parts(segment, pieces, ct);
    }

    /// <summary>Halves it at its quietest point, and so on, until what is left is not quiet anywhere and short enough.</summary>
    private void AddBounds(float[] powers, int from, int to, List<int> bounds)
    {
        if (to - from >= 2 * ShortestPiece)
        {
            var point = QuietPoint.Between(powers, from + ShortestPiece, to - ShortestPiece);
            if (to - from > LongestPiece || powers[point] < Quiet * TensorPrimitives.Sum<float>(powers.AsSpan(from, to - from)) / (to - from))
            {
                AddBounds(powers, from, point, bounds);
                AddBounds(powers, point, to, bounds);
                return;
            }
        }
        bounds.Add(to);
    }

    private SegmentChunk Hear(SpeechSegment segment, int from, int to, CancellationToken ct)
    {
        var start = from * FrameGrid.Hop;
        var end = Math.Min((to * FrameGrid.Hop) + FrameGrid.Overlap, segment.Samples.Length);
        var frames = model.RunSpeech(segment.Samples[start..end], ct);
        var logits = frames.MeanLogits();
        // A probability that rounds to 0 must not outweigh everything else.
        var scores = labels.ScoreEmotions(logits).Values.ToArray();
        var complete = (int)Math.Min(frames.Count, FrameGrid.FramesOf(end - start));
        return new(segment.Start + start, from, to, frames, complete, logits, Array.ConvertAll(scores, score => MathF.Log(score + 1e-3f)));
    }

    private List<EmotionSpan> Parts(SpeechSegment segment, List<SegmentChunk> pieces, CancellationToken ct)
    {
        var path = EmotionPath.Find(pieces, ChangePrice);
        var parts = new List<EmotionSpan>();
        for (var (first, i) = (0, 1); i <= pieces.Count; i++)
        {
            if (i < pieces.Count && path[i] == path[first])
                continue;
            var run = pieces[first..i];
            var (from, to) = (run[0].From, run[^1].To);
            // A sentence heard at once is right more often than its pieces.
            if (run.Count > 1 && to - from <= LongestPiece)
                run = [Hear(segment, from, to, ct)];
            var start = from * FrameGrid.Hop;
            var length = Math.Min(to * FrameGrid.Hop, segment.Length) - start;
            parts.Add(new(
                segment.Start + start, length, i - first == pieces.Count ? segment.Voiced : length, segment.Samples.Slice(start, length), run));
            first = i;
        }
        return parts;
    }
}
