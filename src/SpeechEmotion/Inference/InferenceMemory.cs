namespace SpeechEmotion.Inference;

/// <summary>
/// What one inference takes beside the weights. Measured by <c>bench memory</c> on Linux x64 as the most in memory while
/// four run at once, less while one runs, by three (ONNX Runtime 1.31.1, fp32):
/// <code>
/// MB by seconds         1    3    5   10   15   20   30
/// plus_large's size    22   65  105  221  384  528  735
/// plus_base's size     20   63   88  220  344  443
/// compact               1    5    8   20   42   88  174
/// </code>
/// The estimate is within 10 % below and 25 % above the first two, and above all of the last.
/// </summary>
internal static class InferenceMemory
{
    /// <summary>Bytes by second: the convolutions, of which all full-size models have the same.</summary>
    private const double PerSecond = 20e6;

    /// <summary>Bytes by second and feature: the convolutions of smaller models.</summary>
    private const double PerSecondAndFeature = 27e3;

    /// <summary>Bytes by squared second and feature: the attention, every frame of 20 ms against every other.</summary>
    private const double PerSquaredSecond = 330;

    /// <summary>Bytes that an inference takes at most.</summary>
    /// <param name="model">The model.</param>
    /// <param name="heard">What it hears at once.</param>
    public static long Estimate(IEmotionModel model, TimeSpan heard)
    {
        var seconds = heard.TotalSeconds;
        return (long)((PerSecondOf(model) * seconds) + (PerSquaredSecond * model.Dimension * seconds * seconds));
    }

    /// <summary>The longest waveform that can be heard at once in so much memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="bytes">The memory.</param>
    public static TimeSpan Longest(IEmotionModel model, long bytes)
    {
        // The positive root of the estimate.
        var (a, b) = (PerSquaredSecond * model.Dimension, PerSecondOf(model));
        return TimeSpan.FromSeconds((Math.Sqrt((b * b) + (4 * a * Math.Max(0, bytes))) - b) / (2 * a));
    }

    private static double PerSecondOf(IEmotionModel model) => Math.Min(PerSecond, PerSecondAndFeature * model.Dimension);
}
