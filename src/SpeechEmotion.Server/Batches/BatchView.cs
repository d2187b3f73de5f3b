using SpeechEmotion.Errors;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>A batch at one moment.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Sources">Its folders, archives and manifests.</param>
/// <param name="Failure">Why the engine waits, for all batches; null while it works.</param>
/// <param name="ItemsPerSecond">Recordings per second during the last minute; null if none ended.</param>
/// <param name="TimesRealTime">Seconds of sound per second during the last minute; null if no recording ended.</param>
/// <param name="Left">Estimated time until the last outcome; null if unknown.</param>
internal sealed record BatchView(
    BatchEntry Batch, BatchProgress Progress, IReadOnlyList<BatchSourceEntry> Sources, SpeechEmotionException? Failure,
    double? ItemsPerSecond, double? TimesRealTime, TimeSpan? Left);
