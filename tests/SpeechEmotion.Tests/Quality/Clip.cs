namespace SpeechEmotion.Tests.Quality;

/// <summary>Synthetic sound: 16 kHz, mono.</summary>
internal static class Clip
{
    public const int SampleRate = 16_000;

    public static float[] Silence(double seconds) => new float[(int)(seconds * SampleRate)];

    /// <summary>Returns white noise over the whole band up to 8 kHz, at an exact level.</summary>
    /// <param name="seconds">The length.</param>
    /// <param name="level">The RMS level in dBFS.</param>
    public static float[] Noise(double seconds, double level)
    {
        var random = new Random(7);
        var noise = Silence(seconds);
        for (var i = 0; i < noise.Length; i++)
            noise[i] = (float)((random.NextDouble() * 2) - 1);
        var scale = Math.Pow(10, level / 20) / Math.Sqrt(noise.Sum(x => x * (double)x) / noise.Length);
        return Array.ConvertAll(noise, x => (float)(x * scale));
    }

    /// <summary>Returns a tone that fades in within 50 ms: a sudden start would be a click, which contains all frequencies.</summary>
    public static float[] Tone(double seconds, double frequency, double amplitude) =>
        [.. Enumerable.Range(0, (int)(seconds * SampleRate)).Select(
            i => (float)(amplitude * FadeIn(i / 800.0) * Math.Sin(2 * Math.PI * frequency * i / SampleRate)))];

    public static float[] Mix(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];

    /// <summary>Converts sound as a sound card does: clipped at full scale, quantized to 16 bits.</summary>
    public static float[] Recorded(float[] sound) =>
        Array.ConvertAll(sound, x => MathF.Round(Math.Clamp(x, -1, 32767f / 32768) * 32768) / 32768);

    private static double FadeIn(double position) => (1 - Math.Cos(Math.PI * Math.Min(1, position))) / 2;
}
