using SpeechEmotion.Benchmarks;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>How long a clip takes a loaded model.</summary>
/// <param name="Seconds">Length of the clip.</param>
/// <param name="Latency">Seconds that its recognition took; null where the model does not take a clip of that length.</param>
/// <param name="RealTimeFactor">The median as a share of the clip's length.</param>
/// <param name="CeilingShare">
/// Speed of the best run as a share of the ceiling of its precision; null where the model's arithmetic is not known.
/// </param>
internal sealed record ClipFigures(int Seconds, Timings? Latency, double? RealTimeFactor, double? CeilingShare);
