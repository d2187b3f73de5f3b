using System.Numerics.Tensors;

namespace SpeechEmotion.Inference;

/// <summary>The output of a model for one waveform; one row per 20 ms.</summary>
/// <param name="Count">The number of frames, T.</param>
/// <param name="Features">The features, float32 (T, dimension), row by row.</param>
/// <param name="Logits">The logits, float32 (T, labels), row by row, before any masking; empty without a head.</param>
public sealed record ModelFrames(int Count, ReadOnlyMemory<float> Features, ReadOnlyMemory<float> Logits)
{
    /// <summary>The mean of all frames' features.</summary>
    internal float[] MeanFeatures() => Mean(Features.Span);

    /// <summary>The mean of all frames' logits.</summary>
    internal float[] MeanLogits() => Mean(Logits.Span);

    private float[] Mean(ReadOnlySpan<float> rows)
    {
        var mean = new float[rows.Length / Count];
        for (var t = 0; t < Count; t++)
            TensorPrimitives.Add(mean, rows.Slice(t * mean.Length, mean.Length), mean);
        TensorPrimitives.Divide(mean, Count, mean);
        return mean;
    }
}
