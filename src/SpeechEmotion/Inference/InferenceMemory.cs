namespace SpeechEmotion.Inference;

/// <summary>
/// The memory of one inference in addition to the weights. Measured by <c>bench memory</c> on Linux x64 as (peak of four parallel
/// inferences - peak of one) / 3 (ONNX Runtime 1.31.1, fp32):
/// <code>
/// MB by seconds         1    3    5   10   15   20   30
/// plus_large's size    22   65  105  221  384  528  735
/// plus_base's size     20   63   88  220  344  443
/// compact               1    5    8   20   42   88  174
/// </code>
/// The estimate is between 10 % below and 25 % above the first two, and above all values of the last.
/// </summary>
internal static class InferenceMemory
{
    /// <summary>Bytes per second: the convolutions, which are the same in all full-size models.</summary>
    private const double PerSecond = 20e6;

    /// <summary>Bytes per second and feature: the convolutions of smaller models.</summary>
    private const double PerSecondAndFeature = 27e3;

    /// <summary>Bytes per squared second and feature: the attention, every frame of 20 ms against every other.</summary>
    private const double PerSquaredSecond = 330;

    /// <summary>Estimates the peak memory of an inference in bytes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="duration">The duration that the model processes at once.</param>
    public static long Estimate(IEmotionModel model, TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        return (long)((PerSecondOf(model) * seconds) + (PerSquaredSecond * model.Dimension * seconds * seconds));
    }

    /// <summary>Computes the longest waveform that the model can process at once in the given memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="bytes">The available memory in bytes.</param>
    public static TimeSpan Longest(IEmotionModel model, long bytes)
    {
        // The positive root of the estimate.
        var (a, b) = (PerSquaredSecond * model.Dimension, PerSecondOf(model));
        return TimeSpan.FromSeconds((Math.Sqrt((b * b) + (4 * a * Math.Max(0, bytes))) - b) / (2 * a));
    }

    private static double PerSecondOf(IEmotionModel model) => Math.Min(PerSecond, PerSecondAndFeature * model.Dimension);
}
