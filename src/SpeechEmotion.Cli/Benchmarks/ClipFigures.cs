using SpeechEmotion.Benchmarks;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>The time that a loaded model takes for a clip.</summary>
/// <param name="Seconds">The length of the clip.</param>
/// <param name="Latency">The seconds of its recognition; null if the model does not accept a clip of that length.</param>
/// <param name="RealTimeFactor">The median as a share of the clip's length.</param>
/// <param name="CeilingShare">
/// The speed of the best run as a share of the ceiling of its precision; null if the model's arithmetic is unknown.
/// </param>
internal sealed record ClipFigures(int Seconds, Timings? Latency, double? RealTimeFactor, double? CeilingShare);
