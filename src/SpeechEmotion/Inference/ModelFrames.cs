using System.Numerics.Tensors;

namespace SpeechEmotion.Inference;

/// <summary>What a model gave for one waveform; one row each 20 ms.</summary>
/// <param name="Count">Number of frames, T.</param>
/// <param name="Features">float32 (T, dimension), row by row.</param>
/// <param name="Logits">float32 (T, labels), row by row, before any masking; empty without a head.</param>
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
