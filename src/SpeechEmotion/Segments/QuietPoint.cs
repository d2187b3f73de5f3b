using System.Numerics.Tensors;

namespace SpeechEmotion.Segments;

/// <summary>Finds the best place to cut speech: the quietest tenth of a second.</summary>
internal static class QuietPoint
{
    /// <summary>The number of grid steps over which loudness is averaged: 100 ms, about a short pause between words.</summary>
    private const int Width = 5;

    /// <summary>The power (energy per grid step) around each grid point: element i covers the 100 ms around sample 320 i.</summary>
    public static float[] Powers(ReadOnlySpan<float> samples)
    {
        var hops = samples.Length / FrameGrid.Hop;
        var cumulated = new double[hops + 1];
        for (var i = 0; i < hops; i++)
            cumulated[i + 1] = cumulated[i] + TensorPrimitives.SumOfSquares(samples.Slice(i * FrameGrid.Hop, FrameGrid.Hop));
        var powers = new float[hops + 1];
        for (var i = 0; i <= hops; i++)
        {
            var (from, to) = (Math.Max(0, i - (Width / 2)), Math.Min(hops, i + (Width / 2) + 1));
            powers[i] = (float)((cumulated[to] - cumulated[from]) / Math.Max(1, to - from));
        }
        return powers;
    }

    /// <summary>The grid step with the least power in [from, to].</summary>
    public static int Between(ReadOnlySpan<float> powers, int from, int to) =>
        from + TensorPrimitives.IndexOfMin(powers[from..(to + 1)]);
}
