using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Notices;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>What the engine is made of.</summary>
/// <param name="Source">Finds the next chunk.</param>
/// <param name="Leases">Distributes chunks.</param>
/// <param name="Batches">The batches.</param>
/// <param name="Outcomes">Earlier outcomes.</param>
/// <param name="Runner">Processes an item.</param>
/// <param name="Turns">Lets single recognitions go first.</param>
/// <param name="Urls">Fetches the recordings of items with an address.</param>
/// <param name="Uploads">Fetches the recordings of items that are in a bucket.</param>
/// <param name="Folders">The recordings of batches.</param>
/// <param name="Blocked">The batches that this program cannot process now.</param>
/// <param name="Board">Receives notices of work and of changes.</param>
/// <param name="Metrics">Counts the recordings.</param>
/// <param name="Time">The clock.</param>
public sealed record EngineParts(
    ChunkSource Source, ChunkLeases Leases, BatchStore Batches, OutcomeLookup Outcomes, ItemRunner Runner, InferenceTurns Turns,
    UrlFetcher Urls, UploadStore Uploads, BatchFolders Folders, BlockedBatches Blocked, NoticeBoard Board, ItemMetrics Metrics,
    TimeProvider Time);
