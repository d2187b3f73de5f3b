using System.Diagnostics;

namespace SpeechEmotion.Benchmarks;

/// <summary>How long the same work took, several times over: a machine may be noisy, never too fast.</summary>
/// <param name="Best">Seconds of the fastest run.</param>
/// <param name="Median">Seconds of the middle run.</param>
public sealed record Timings(double Best, double Median)
{
    /// <summary>Sums up the seconds of single runs, of which there is at least one.</summary>
    public static Timings Of(IEnumerable<double> seconds)
    {
        double[] ordered = [.. seconds.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(ordered.Length, nameof(seconds));
        return new(ordered[0], ordered[ordered.Length / 2]);
    }

    /// <summary>Does the work so many times.</summary>
    /// <param name="runs">How often, at least once.</param>
    /// <param name="work">What is timed.</param>
    /// <param name="ct">Looked at before each run.</param>
    public static Timings Of(int runs, Action work, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        var seconds = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            ct.ThrowIfCancellationRequested();
            seconds[run] = SecondsOf(work);
        }
        return Of(seconds);
    }

    internal static double SecondsOf(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
