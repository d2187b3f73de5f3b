namespace SpeechEmotion.Tests.Support;

/// <summary>Arithmetic over rows of numbers, for comparisons with golden data.</summary>
internal static class Rows
{
    /// <summary>Returns the mean of the rows, summed in float64.</summary>
    public static float[] Mean(ReadOnlySpan<float> rows, int length)
    {
        var sums = new double[length];
        for (var i = 0; i < rows.Length; i++)
            sums[i % length] += rows[i];
        var count = rows.Length / length;
        return Array.ConvertAll(sums, sum => (float)(sum / count));
    }

    /// <summary>Returns the largest difference; infinity for NaN or different lengths.</summary>
    public static float LargestDifference(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        if (actual.Length != expected.Length)
            return float.PositiveInfinity;
        var largest = 0f;
        for (var i = 0; i < actual.Length; i++)
            largest = Math.Max(largest, float.IsNaN(actual[i]) ? float.PositiveInfinity : Math.Abs(actual[i] - expected[i]));
        return largest;
    }
}
