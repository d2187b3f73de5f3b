using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Cluster;

/// <summary>How much work waits, and for how long.</summary>
/// <param name="Waiting">Recognitions, or chunks of 100 recordings, that no program processes yet.</param>
/// <param name="Running">Those that programs process.</param>
/// <param name="OldestSeconds">
/// Age of the oldest recognition that waits, or of the oldest batch with a waiting chunk, in seconds; 0 if none waits.
/// </param>
/// <param name="IdleSeconds">How long some have waited while no program had any, in seconds.</param>
public sealed record QueueResource(int Waiting, int Running, double OldestSeconds, double IdleSeconds)
{
    internal static QueueResource Of(WorkDepth depth) =>
        new(depth.Waiting, depth.Running, Math.Round(depth.Oldest.TotalSeconds, 1), Math.Round(depth.Idle.TotalSeconds, 1));
}
