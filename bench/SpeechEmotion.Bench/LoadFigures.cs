using System.Net;

namespace SpeechEmotion.Bench;

/// <summary>The throughput and latency of a number of clients.</summary>
/// <param name="Milliseconds">The latency of each result, sorted.</param>
/// <param name="Seconds">The duration of the run.</param>
/// <param name="Failures">The number of answers other than a result, by status.</param>
internal sealed record LoadFigures(double[] Milliseconds, double Seconds, IReadOnlyDictionary<HttpStatusCode, int> Failures)
{
    public double PerSecond => Milliseconds.Length / Seconds;

    public double Median => At(0.5);

    public override string ToString() =>
        $"{PerSecond:F1}/s, p50 {Median:F0} ms, p99 {At(0.99):F0} ms"
        + string.Concat(Failures.Select(pair => $", {pair.Value} x {(int)pair.Key}"));

    private double At(double share) => Milliseconds.Length == 0 ? 0 : Milliseconds[(int)(share * (Milliseconds.Length - 1))];
}
