using System.Numerics.Tensors;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Segments;

/// <summary>
/// Recognizes segments one by one. The model first processes the pieces between the quiet points of a segment; the segment is
/// split where their emotion changes, and the model then processes each part as a whole. Thread-safe.
/// </summary>
internal sealed class SegmentRecognizer(IEmotionModel model, LabelSet labels)
{
    /// <summary>The default of the longest piece that the model processes at once, in grid steps: 5 s.</summary>
    public const int DefaultLongest = 250;

    /// <summary>The longest piece that the model processes at once, in grid steps.</summary>
    public int LongestPiece { get; init; } = DefaultLongest;

    /// <summary>The shortest piece of a longer segment, in grid steps: 1 s.</summary>
    public int ShortestPiece { get; init; } = 50;

    /// <summary>How much quieter than the speech around it a candidate for a change must be, as a ratio of powers.</summary>
    public float Quiet { get; init; } = 0.02f;

    /// <summary>The price of a change, in log probability times seconds.</summary>
    public double ChangePrice { get; init; } = 2;

    /// <summary>Recognizes a segment.</summary>
    /// <returns>The parts of the segment in order; together they cover it.</returns>
    public IReadOnlyList<EmotionSpan> Recognize(SpeechSegment segment, CancellationToken ct)
    {
        var steps = (segment.Length + FrameGrid.Hop - 1) / FrameGrid.Hop;
        var bounds = new List<int> { 0 };
        AddBounds(QuietPoint.Powers(segment.Samples.Span), 0, steps, bounds);
        var pieces = new List<SegmentChunk>();
        for (var i = 1; i < bounds.Count; i++)
            pieces.Add(Process(segment, bounds[i - 1], bounds[i], ct));
        return Parts(segment, pieces, ct);
    }

    /// <summary>Halves a range at its quietest point, recursively, until a part has no quiet point and is short enough.</summary>
    private void AddBounds(float[] powers, int from, int to, List<int> bounds)
    {
        if (to - from >= 2 * ShortestPiece)
        {
            var point = QuietPoint.Between(powers, from + ShortestPiece, to - ShortestPiece);
            if (to - from > LongestPiece
                || powers[point] < Quiet * TensorPrimitives.Sum<float>(powers.AsSpan(from, to - from)) / (to - from))
            {
                AddBounds(powers, from, point, bounds);
                AddBounds(powers, point, to, bounds);
                return;
            }
        }
        bounds.Add(to);
    }

    private SegmentChunk Process(SpeechSegment segment, int from, int to, CancellationToken ct)
    {
        var start = from * FrameGrid.Hop;
        var end = Math.Min((to * FrameGrid.Hop) + FrameGrid.Overlap, segment.Samples.Length);
        var frames = model.RunSpeech(segment.Samples[start..end], ct);
        var logits = frames.MeanLogits();
        // A probability that rounds to 0 must not outweigh all others.
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
            // A sentence that is processed at once is right more often than its pieces.
            if (run.Count > 1 && to - from <= LongestPiece)
                run = [Process(segment, from, to, ct)];
            var start = from * FrameGrid.Hop;
            var length = Math.Min(to * FrameGrid.Hop, segment.Length) - start;
            parts.Add(new(
                segment.Start + start, length, i - first == pieces.Count ? segment.Voiced : length,
                segment.Samples.Slice(start, length), run));
            first = i;
        }
        return parts;
    }
}
