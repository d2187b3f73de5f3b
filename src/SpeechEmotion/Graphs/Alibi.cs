namespace SpeechEmotion.Graphs;

/// <summary>Slopes of attention with linear biases (Press et al. 2022, "Train Short, Test Long").</summary>
internal static class Alibi
{
    /// <summary>
    /// Computes one slope per head: 2^(-8(i+1)/n) if the number of heads n is a power of two, otherwise the slopes of the next smaller
    /// power of two followed by every second slope of the next larger one.
    /// </summary>
    public static float[] Slopes(int heads)
    {
        var power = 1;
        while (power * 2 <= heads)
            power *= 2;
        var slopes = PowerOfTwoSlopes(power);
        if (power == heads)
            return [.. slopes];
        var between = PowerOfTwoSlopes(power * 2).Where((_, i) => i % 2 == 0).Take(heads - power);
        return [.. slopes, .. between];
    }

    private static IEnumerable<float> PowerOfTwoSlopes(int heads) =>
        Enumerable.Range(1, heads).Select(i => (float)Math.Pow(2, -8.0 * i / heads));
}
