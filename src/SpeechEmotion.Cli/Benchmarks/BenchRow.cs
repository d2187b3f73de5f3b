using SpeechEmotion.Benchmarks;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>The figures of one model in one precision.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="Precision">The arithmetic of the model.</param>
/// <param name="Hash">The hash of the weights.</param>
/// <param name="Load">The seconds to load it, packed for speed.</param>
/// <param name="Clips">The latency by length of the clip.</param>
/// <param name="ColdStart">
/// The seconds of <c>ser recognize</c> of a 3 s WAV, from process start to end; null if the program cannot be started again.
/// </param>
/// <param name="PeakMemoryBytes">The peak memory of that program, including mapped files; null if the system does not report it.</param>
/// <param name="Throughput">Recognitions per second by level of parallelism.</param>
internal sealed record BenchRow(
    string Model, string Precision, string Hash, Timings Load, IReadOnlyList<ClipFigures> Clips,
    Timings? ColdStart, long? PeakMemoryBytes, IReadOnlyList<ThroughputFigures> Throughput)
{
    /// <summary>Whether both rows describe the same model in the same precision.</summary>
    public bool IsAbout(BenchRow other) => (Model, Precision) == (other.Model, other.Precision);
}
