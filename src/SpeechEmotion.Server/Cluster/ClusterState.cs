using SpeechEmotion.Errors;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Cluster;

/// <summary>All programs and all work of an installation at one moment.</summary>
/// <param name="IsShared">Whether servers and workers share the database.</param>
/// <param name="Own">The name of the program that looks.</param>
/// <param name="Parts">Database, files and broker.</param>
/// <param name="Programs">Servers and workers.</param>
/// <param name="Recognitions">The single recognitions.</param>
/// <param name="Chunks">The chunks of running batches.</param>
/// <param name="Tickets">Messages in the queue of the broker; null without a broker.</param>
/// <param name="Paused">The batches that a failure paused.</param>
internal sealed record ClusterState(
    bool IsShared, string Own, IReadOnlyList<InstallationPart> Parts, IReadOnlyList<KnownProgram> Programs, WorkDepth Recognitions,
    WorkDepth Chunks, int? Tickets, IReadOnlyList<PausedBatch> Paused)
{
    /// <summary>Why work waits that no program takes; null if none waits, or it progresses.</summary>
    public SpeechEmotionException? Standstill { get; } = StandstillCause.Find(Parts, Programs, Recognitions, Chunks);
}
