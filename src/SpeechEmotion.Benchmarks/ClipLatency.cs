namespace SpeechEmotion.Benchmarks;

/// <summary>The time that a loaded recognizer takes for one clip while it does nothing else.</summary>
/// <param name="Seconds">The length of the clip.</param>
/// <param name="Time">The time of its recognition.</param>
/// <param name="Ceiling">
/// Billions of operations per second of a large matrix product that was measured in turns with the recognizer; null if none was.
/// </param>
public sealed record ClipLatency(int Seconds, Timings Time, double? Ceiling)
{
    /// <summary>The runs of the ceiling between two recognitions.</summary>
    private const int CeilingRuns = 3;

    /// <summary>The median time of a recognition as a share of the clip's length.</summary>
    public double RealTimeFactor => Time.Median / Seconds;

    /// <summary>Recognizes a clip of noise, once to warm up and then <paramref name="runs"/> times.</summary>
    /// <param name="recognizer">The recognizer; no other caller may use it meanwhile.</param>
    /// <param name="seconds">The length of the clip.</param>
    /// <param name="runs">The number of measured runs, at least one.</param>
    /// <param name="ceiling">Runs in turns with the recognizer, so that other load on the machine slows both.</param>
    /// <param name="ct">Cancels a running recognition too.</param>
    /// <returns>Null if the model does not accept a clip of that length.</returns>
    public static ClipLatency? Measure(
        EmotionRecognizer recognizer, int seconds, int runs, MatMulCeiling? ceiling = null, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        var clip = NoiseClip.Samples(seconds);
        if (clip.Length > recognizer.Model.MaxSamples)
            return null;
        Recognize();
        var times = new double[runs];
        double? highest = null;
        for (var run = 0; run < runs; run++)
        {
            if (ceiling is not null)
                highest = Math.Max(highest ?? 0, ceiling.Measure(CeilingRuns, ct));
            times[run] = Timings.SecondsOf(Recognize);
        }
        return new(seconds, Timings.Of(times), highest);

        void Recognize() => recognizer.Recognize(clip, NoiseClip.SampleRate, ct: ct);
    }
}
