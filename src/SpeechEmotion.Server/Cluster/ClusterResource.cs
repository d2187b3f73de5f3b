using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Cluster;

/// <summary>All programs and all work of an installation.</summary>
/// <param name="Shared">Whether servers and workers share a database; otherwise this server is alone.</param>
/// <param name="Parts">Database, files and broker, as this server sees them.</param>
/// <param name="Programs">Servers and workers, the oldest first.</param>
/// <param name="Recognitions">The single recognitions.</param>
/// <param name="Chunks">The chunks of running batches, of 100 recordings each.</param>
/// <param name="Tickets">Messages in the queue of the broker; null if it cannot be used, or there is none.</param>
/// <param name="Standstill">Why no program takes work that waits; null if none waits, or it progresses.</param>
/// <param name="Paused">The batches that a failure paused, the latest 20.</param>
public sealed record ClusterResource(
    bool Shared, IReadOnlyList<PartResource> Parts, IReadOnlyList<ProgramResource> Programs, QueueResource Recognitions,
    QueueResource Chunks, int? Tickets, ErrorResource? Standstill, IReadOnlyList<PausedResource> Paused);
