using SpeechEmotion.Benchmarks;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>The figures of one model in one precision.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Precision">Its arithmetic.</param>
/// <param name="Hash">Of what it was made from.</param>
/// <param name="Load">Seconds until it is loaded, packed for speed.</param>
/// <param name="Clips">Latency by length of the clip.</param>
/// <param name="ColdStart">
/// Seconds of <c>ser recognize</c> of a 3 s WAV, process start to end; null where the program cannot be started anew.
/// </param>
/// <param name="PeakMemoryBytes">The most that was in that program's memory, mapped files counted; null where nobody tells.</param>
/// <param name="Throughput">Recognitions a second by number at once.</param>
internal sealed record BenchRow(
    string Model, string Precision, string Hash, Timings Load, IReadOnlyList<ClipFigures> Clips,
    Timings? ColdStart, long? PeakMemoryBytes, IReadOnlyList<ThroughputFigures> Throughput)
{
    /// <summary>Whether both are about the same model in the same precision.</summary>
    public bool IsAbout(BenchRow other) => (Model, Precision) == (other.Model, other.Precision);
}
