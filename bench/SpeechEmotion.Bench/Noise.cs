using SpeechEmotion.Outputs;

namespace SpeechEmotion.Bench;

/// <summary>Made-up sound: noise whose loudness moves, the same every time.</summary>
internal static class Noise
{
    /// <summary>16 kHz mono.</summary>
    public static float[] Samples(int seconds)
    {
        var random = new Random(seconds);
        return [.. Enumerable.Range(0, seconds * 16000).Select(i => (float)((random.NextDouble() - 0.5) * (0.1 + (0.1 * Math.Sin(i / 2000.0)))))];
    }

    /// <summary>The same as a WAV file in the temporary folder.</summary>
    public static string Wav(int seconds)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ser-bench-{Environment.ProcessId}-{seconds}.wav");
        File.Delete(path);
        using var writer = new WavWriter(path);
        writer.Write(Samples(seconds));
        writer.Finish();
        return path;
    }
}
