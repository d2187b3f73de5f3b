using System.Diagnostics;

namespace SpeechEmotion.Benchmarks;

/// <summary>The durations of repeated runs of the same work: noise on the machine can only slow a run down.</summary>
/// <param name="Best">The seconds of the fastest run.</param>
/// <param name="Median">The seconds of the median run.</param>
public sealed record Timings(double Best, double Median)
{
    /// <summary>Summarizes the seconds of single runs, of which there must be at least one.</summary>
    public static Timings Of(IEnumerable<double> seconds)
    {
        double[] ordered = [.. seconds.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(ordered.Length, nameof(seconds));
        return new(ordered[0], ordered[ordered.Length / 2]);
    }

    /// <summary>Times repeated runs of the work.</summary>
    /// <param name="runs">The number of runs, at least one.</param>
    /// <param name="work">The work to time.</param>
    /// <param name="ct">Checked before each run.</param>
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
