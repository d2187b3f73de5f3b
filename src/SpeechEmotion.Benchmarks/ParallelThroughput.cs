using System.Diagnostics;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Benchmarks;

/// <summary>The number of clips per second of one recognizer that several callers share.</summary>
/// <param name="Parallel">The number of parallel recognitions.</param>
/// <param name="PerSecond">Recognitions per second.</param>
public sealed record ParallelThroughput(int Parallel, double PerSecond)
{
    /// <summary>1, 2, 4, ... and finally twice the number of cores.</summary>
    public static IReadOnlyList<int> Levels(int cores)
    {
        var levels = new List<int>();
        for (var level = 1; level < cores * 2; level *= 2)
            levels.Add(level);
        return [.. levels, cores * 2];
    }

    /// <summary>Recognizes clips of noise repeatedly, at least one per caller.</summary>
    /// <param name="recognizer">The recognizer; no other caller may use it meanwhile.</param>
    /// <param name="seconds">The length of each clip.</param>
    /// <param name="parallel">The number of parallel callers.</param>
    /// <param name="duration">The time after which no caller begins another recognition.</param>
    /// <param name="ct">Cancels running recognitions too.</param>
    /// <returns>Null if this machine may not have the memory for this number of callers.</returns>
    public static async Task<ParallelThroughput?> MeasureAsync(
        EmotionRecognizer recognizer, int seconds, int parallel, TimeSpan duration, CancellationToken ct = default)
    {
        var needed = parallel * (double)InferenceMemory.Estimate(recognizer.Model, TimeSpan.FromSeconds(seconds));
        if (needed > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2.0)
            return null;
        var clip = NoiseClip.Samples(seconds);
        var start = Stopwatch.GetTimestamp();
        // Dedicated threads, because the pool would start them one after another.
        var counts = await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Factory.StartNew(
            Recognize, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default))).ConfigureAwait(false);
        return new(parallel, counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds);

        int Recognize()
        {
            var count = 0;
            do
            {
                recognizer.Recognize(clip, NoiseClip.SampleRate, ct: ct);
                count++;
            }
            while (Stopwatch.GetElapsedTime(start) < duration);
            return count;
        }
    }
}
