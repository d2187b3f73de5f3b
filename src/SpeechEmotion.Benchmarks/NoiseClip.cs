using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Benchmarks;

/// <summary>Synthetic sound: noise of varying loudness, always the same.</summary>
public static class NoiseClip
{
    /// <summary>Samples per second.</summary>
    public const int SampleRate = Results.SampleRate.Hz;

    /// <summary>Generates a clip of this length, 16 kHz mono.</summary>
    public static float[] Samples(int seconds)
    {
        var random = new Random(seconds);
        return [.. Enumerable.Range(0, seconds * SampleRate)
            .Select(i => (float)((random.NextDouble() - 0.5) * (0.1 + (0.1 * Math.Sin(i / 2000.0)))))];
    }

    /// <summary>Writes the same clip to a WAV file.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="seconds">The length of the clip.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void WriteWav(string path, int seconds)
    {
        using var writer = new WavWriter(path);
        writer.Write(Samples(seconds));
        writer.Finish();
    }
}
