namespace SpeechEmotion.Benchmarks;

/// <summary>How long one clip takes a loaded recognizer that does nothing else.</summary>
/// <param name="Seconds">Length of the clip.</param>
/// <param name="Time">How long its recognition took.</param>
/// <param name="Ceiling">
/// Billions of operations a second of a large matrix product that was run by turns with it; null where none was.
/// </param>
public sealed record ClipLatency(int Seconds, Timings Time, double? Ceiling)
{
    /// <summary>Runs of the ceiling between two recognitions.</summary>
    private const int CeilingRuns = 3;

    /// <summary>Time of the middle recognition as a share of the clip's length.</summary>
    public double RealTimeFactor => Time.Median / Seconds;

    /// <summary>Recognises a clip of noise, once to warm up and then so many times.</summary>
    /// <param name="recognizer">Shared with nobody meanwhile.</param>
    /// <param name="seconds">Length of the clip.</param>
    /// <param name="runs">How often, at least once.</param>
    /// <param name="ceiling">Run by turns with the recognizer, so that a neighbour who slows the machine slows both.</param>
    /// <param name="ct">Ends a running recognition too.</param>
    /// <returns>Null where the model does not take a clip of that length.</returns>
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
