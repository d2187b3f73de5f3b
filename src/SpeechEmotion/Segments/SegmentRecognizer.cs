using System.Numerics.Tensors;
using SpeechEmotion.Models;
using SpeechEmotion.Results;

namespace SpeechEmotion.Segments;

/// <summary>
/// Recognises segments by themselves. A long one is heard in pieces of 2 to 4 s that meet where it is quiet, and is parted
/// where their emotion changes. Thread-safe.
/// </summary>
internal sealed class SegmentRecognizer(IEmotionModel model, LabelSet labels)
{
    /// <summary>Up to here a segment is heard at once, in grid steps: a sentence.</summary>
    public int LongestPiece { get; init; } = 250;

    /// <summary>What a piece of a longer segment should have.</summary>
    public int PieceSteps { get; init; } = 150;

    /// <summary>Each side of a change has at least this.</summary>
    public int ShortestSide { get; init; } = 50;

    /// <summary>What a change costs, in log probability times seconds.</summary>
    public double ChangePrice { get; init; } = 1;

    /// <summary>Recognises a segment.</summary>
    /// <returns>Its parts in order; they cover it.</returns>
    public IReadOnlyList<SegmentPart> Recognize(SpeechSegment segment, CancellationToken ct)
    {
        var steps = (segment.Length + FrameGrid.Hop - 1) / FrameGrid.Hop;
        if (steps <= LongestPiece)
            return [new(segment.Start, segment.Length, segment.Voiced, segment.Samples, [Hear(segment, 0, steps, ct)])];
        var powers = QuietPoint.Powers(segment.Samples.Span);
        var bounds = Bounds(powers, steps);
        var pieces = new List<SegmentPiece>();
        for (var i = 1; i < bounds.Count; i++)
            pieces.Add(Hear(segment, bounds[i - 1], bounds[i], ct));
        var path = EmotionPath.Find(pieces, ChangePrice);
        for (var i = 1; i < pieces.Count; i++)
        {
            if (path[i] != path[i - 1])
                Settle(segment, powers, pieces, i, path, ct);
        }
        return Parts(segment, pieces, path);
    }

    /// <summary>The scores of a waveform that is heard at once.</summary>
    public EmotionScores Score(ReadOnlyMemory<float> samples, CancellationToken ct) => labels.ScoreEmotions(Mean(model.Run(samples, ct)));

    /// <summary>Cuts into pieces of about the same length, each at the quietest point near.</summary>
    private List<int> Bounds(float[] powers, int steps)
    {
        var count = Math.Max(2, (int)Math.Round((double)steps / PieceSteps));
        var near = steps / count / 3;
        var bounds = new List<int> { 0 };
        for (var i = 1; i < count; i++)
        {
            var middle = steps * i / count;
            bounds.Add(QuietPoint.Between(powers, middle - near, middle + near));
        }
        bounds.Add(steps);
        return bounds;
    }

    /// <summary>
    /// Pieces i - 1 and i have different emotions, but the change need not lie just where they meet: tries the quiet points
    /// on both sides, and keeps the one at which the two emotions explain both sides best.
    /// </summary>
    private void Settle(SpeechSegment segment, float[] powers, List<SegmentPiece> pieces, int i, int[] path, CancellationToken ct)
    {
        var (before, after) = (pieces[i - 1], pieces[i]);
        foreach (var point in QuietPoint.Candidates(powers, before.From + ShortestSide, after.To - ShortestSide, before.To))
        {
            var (left, right) = (Hear(segment, before.From, point, ct), Hear(segment, point, after.To, ct));
            if (left.Evidence(path[i - 1]) + right.Evidence(path[i]) > pieces[i - 1].Evidence(path[i - 1]) + pieces[i].Evidence(path[i]))
                (pieces[i - 1], pieces[i]) = (left, right);
        }
    }

    private SegmentPiece Hear(SpeechSegment segment, int from, int to, CancellationToken ct)
    {
        var start = from * FrameGrid.Hop;
        var end = Math.Min((to * FrameGrid.Hop) + FrameGrid.Overlap, segment.Samples.Length);
        var frames = model.Run(segment.Samples[start..end], ct);
        var logits = Mean(frames);
        // A probability that rounds to 0 must not outweigh everything else.
        var scores = labels.ScoreEmotions(logits).Values.ToArray();
        var complete = (int)Math.Min(frames.Count, FrameGrid.FramesOf(end - start));
        return new(segment.Start + start, from, to, frames, complete, logits, Array.ConvertAll(scores, score => MathF.Log(score + 1e-3f)));
    }

    private float[] Mean(ModelFrames frames)
    {
        var logits = new float[labels.Count];
        for (var t = 0; t < frames.Count; t++)
            TensorPrimitives.Add(logits, frames.Logits.Span.Slice(t * labels.Count, labels.Count), logits);
        TensorPrimitives.Divide(logits, frames.Count, logits);
        return logits;
    }

    private static List<SegmentPart> Parts(SpeechSegment segment, List<SegmentPiece> pieces, int[] path)
    {
        var parts = new List<SegmentPart>();
        for (var (first, i) = (0, 1); i <= pieces.Count; i++)
        {
            if (i < pieces.Count && path[i] == path[first])
                continue;
            var start = pieces[first].From * FrameGrid.Hop;
            var length = Math.Min(pieces[i - 1].To * FrameGrid.Hop, segment.Length) - start;
            var whole = first == 0 && i == pieces.Count;
            parts.Add(new(
                segment.Start + start, length, whole ? segment.Voiced : length, segment.Samples.Slice(start, length), pieces[first..i]));
            first = i;
        }
        return parts;
    }
}
