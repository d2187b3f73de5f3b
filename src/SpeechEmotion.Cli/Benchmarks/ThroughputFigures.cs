namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>How many 10 s clips a second are recognised at so many at once.</summary>
/// <param name="Parallel">Recognitions at once.</param>
/// <param name="PerSecond">Recognitions a second; null where there is not enough memory for so many.</param>
internal sealed record ThroughputFigures(int Parallel, double? PerSecond);
