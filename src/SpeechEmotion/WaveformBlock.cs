using System.Numerics.Tensors;

namespace SpeechEmotion;

/// <summary>The next stretch of a recording at 16 kHz.</summary>
/// <param name="Lanes">Its channels, or their average, each of the same length.</param>
internal sealed record WaveformBlock(ReadOnlyMemory<float>[] Lanes)
{
    /// <summary>The average of the channels.</summary>
    public ReadOnlyMemory<float> Mix { get; } = Lanes.Length == 1 ? Lanes[0] : Average(Lanes);

    private static float[] Average(ReadOnlyMemory<float>[] lanes)
    {
        var mix = lanes[0].ToArray();
        foreach (var lane in lanes.Skip(1))
            TensorPrimitives.Add(mix, lane.Span, mix);
        TensorPrimitives.Divide(mix, lanes.Length, mix);
        return mix;
    }
}
