using System.Diagnostics;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Benchmarks;

/// <summary>How many clips a second one shared recognizer manages while so many callers use it at once.</summary>
/// <param name="Parallel">Recognitions at once.</param>
/// <param name="PerSecond">Recognitions a second.</param>
public sealed record ParallelThroughput(int Parallel, double PerSecond)
{
    /// <summary>1, 2, 4, ... up to twice the number of cores, and that itself.</summary>
    public static IReadOnlyList<int> Levels(int cores)
    {
        var levels = new List<int>();
        for (var level = 1; level < cores * 2; level *= 2)
            levels.Add(level);
        return [.. levels, cores * 2];
    }

    /// <summary>Recognises clips of noise over and over, each caller at least one.</summary>
    /// <param name="recognizer">Shared with nobody else meanwhile.</param>
    /// <param name="seconds">Length of each clip.</param>
    /// <param name="parallel">Callers at once.</param>
    /// <param name="duration">After this no caller begins another.</param>
    /// <param name="ct">Ends running recognitions too.</param>
    /// <returns>Null where this machine may not have the memory for so many at once.</returns>
    public static async Task<ParallelThroughput?> MeasureAsync(
        EmotionRecognizer recognizer, int seconds, int parallel, TimeSpan duration, CancellationToken ct = default)
    {
        var needed = parallel * (double)InferenceMemory.Estimate(recognizer.Model, TimeSpan.FromSeconds(seconds));
        if (needed > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2.0)
            return null;
        var clip = NoiseClip.Samples(seconds);
        var start = Stopwatch.GetTimestamp();
        // Threads of their own: the pool would start them one after another.
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
