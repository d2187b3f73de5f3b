using SpeechEmotion.Benchmarks;

namespace SpeechEmotion.Bench;

/// <summary>Synthetic audio in the temporary folder.</summary>
internal static class Noise
{
    public static string Wav(int seconds)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ser-bench-{Environment.ProcessId}-{seconds}.wav");
        File.Delete(path);
        NoiseClip.WriteWav(path, seconds);
        return path;
    }
}
