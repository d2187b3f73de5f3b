using SpeechEmotion.Results;

namespace SpeechEmotion.Tests.Support;

/// <summary>Synthetic sounds and a synthetic model.</summary>
internal static class Some
{
    public const int Rate = 16000;

    /// <summary>Returns seeded noise whose loudness and color vary.</summary>
    public static float[] Noise(double seconds, int rate = Rate, int seed = 1)
    {
        var random = new Random(seed);
        var samples = new float[(int)(seconds * rate)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (float)((random.NextDouble() - 0.5) * (0.3 + (0.2 * Math.Sin(i * 3.0 / rate))));
        return samples;
    }

    public static ModelIdentity Model => new("synthetic", "fp32", "0123456789abcdef", "none", true);
}
