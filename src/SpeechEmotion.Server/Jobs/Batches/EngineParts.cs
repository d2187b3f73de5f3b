using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>What the engine is made of.</summary>
/// <param name="Leases">Distributes chunks.</param>
/// <param name="Batches">The batches.</param>
/// <param name="Outcomes">Earlier outcomes.</param>
/// <param name="Runner">Processes an item.</param>
/// <param name="Turns">Lets single recognitions go first.</param>
/// <param name="Time">The clock.</param>
public sealed record EngineParts(
    ChunkLeases Leases, BatchStore Batches, OutcomeLookup Outcomes, ItemRunner Runner, InferenceTurns Turns, TimeProvider Time);
