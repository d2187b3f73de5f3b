namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>A chunk that a worker processes.</summary>
/// <param name="BatchId">Identifier of the batch.</param>
/// <param name="Number">Number of the chunk.</param>
/// <param name="Attempts">The attempt that this lease is; with the worker's name it fences off earlier holders of the lease.</param>
/// <param name="Items">The items that have no outcome yet, in order.</param>
public sealed record LeasedChunk(int BatchId, int Number, int Attempts, IReadOnlyList<BatchItemEntry> Items)
{
    /// <summary>Whether an earlier worker crashed, so that the items must be processed one by one to find the cause.</summary>
    public bool AfterCrash => Attempts > 1;
}
