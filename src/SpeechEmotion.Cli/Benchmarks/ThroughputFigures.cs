namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>The number of 10 s clips per second at a level of parallelism.</summary>
/// <param name="Parallel">The number of parallel recognitions.</param>
/// <param name="PerSecond">Recognitions per second; null if there is not enough memory for this level.</param>
internal sealed record ThroughputFigures(int Parallel, double? PerSecond);
