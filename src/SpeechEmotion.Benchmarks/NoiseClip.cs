using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Benchmarks;

/// <summary>Made-up sound: noise whose loudness moves, the same every time.</summary>
public static class NoiseClip
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = Results.SampleRate.Hz;

    /// <summary>16 kHz mono, so many seconds long.</summary>
    public static float[] Samples(int seconds)
    {
        var random = new Random(seconds);
        return [.. Enumerable.Range(0, seconds * SampleRate)
            .Select(i => (float)((random.NextDouble() - 0.5) * (0.1 + (0.1 * Math.Sin(i / 2000.0)))))];
    }

    /// <summary>The same as a WAV file.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="seconds">Its length.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void WriteWav(string path, int seconds)
    {
        using var writer = new WavWriter(path);
        writer.Write(Samples(seconds));
        writer.Finish();
    }
}
