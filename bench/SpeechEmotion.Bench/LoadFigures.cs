using System.Net;

namespace SpeechEmotion.Bench;

/// <summary>How fast a number of clients was answered.</summary>
/// <param name="Milliseconds">Of each answer, sorted.</param>
/// <param name="Seconds">That all of it took.</param>
/// <param name="Failures">Answers other than a result, by status.</param>
internal sealed record LoadFigures(double[] Milliseconds, double Seconds, IReadOnlyDictionary<HttpStatusCode, int> Failures)
{
    public double PerSecond => Milliseconds.Length / Seconds;

    public double Median => At(0.5);

    public override string ToString() =>
        $"{PerSecond:F1}/s, p50 {Median:F0} ms, p99 {At(0.99):F0} ms{string.Concat(Failures.Select(pair => $", {pair.Value} x {(int)pair.Key}"))}";

    private double At(double share) => Milliseconds.Length == 0 ? 0 : Milliseconds[(int)(share * (Milliseconds.Length - 1))];
}
