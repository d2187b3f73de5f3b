using System.Numerics.Tensors;

namespace SpeechEmotion.Segments;

/// <summary>A part of a segment with one emotion: the whole segment, or the part between two changes.</summary>
/// <param name="Start">The first sample, counted from the start of the recording.</param>
/// <param name="Length">The number of samples.</param>
/// <param name="Voiced">The number of samples that are speech.</param>
/// <param name="Samples">The samples.</param>
/// <param name="Pieces">The pieces that the model processed at once, in order.</param>
internal sealed record EmotionSpan(
    long Start, int Length, int Voiced, ReadOnlyMemory<float> Samples, IReadOnlyList<SegmentChunk> Pieces)
{
    /// <summary>The mean of its pieces' logits, weighted by their length.</summary>
    public float[] Logits { get; } = Mean(Pieces);

    private static float[] Mean(IReadOnlyList<SegmentChunk> pieces)
    {
        var mean = new float[pieces[0].Logits.Length];
        foreach (var piece in pieces)
            TensorPrimitives.MultiplyAdd(piece.Logits, piece.Steps, mean, mean);
        TensorPrimitives.Divide(mean, pieces.Sum(piece => piece.Steps), mean);
        return mean;
    }
}
