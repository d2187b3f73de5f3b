namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>A chunk that a worker processes.</summary>
/// <param name="BatchId">Identifier of the batch.</param>
/// <param name="Number">Number of the chunk.</param>
/// <param name="Attempts">The attempt that this lease is; with the worker's name it fences off earlier holders of the lease.</param>
/// <param name="Items">The items that have no outcome yet, in order.</param>
public sealed record LeasedChunk(int BatchId, int Number, int Attempts, IReadOnlyList<BatchItemEntry> Items)
{
    /// <summary>The item that got an error at this lease, because too many workers crashed on it; null for none.</summary>
    public int? GivenUp { get; init; }

    /// <summary>Whether an earlier worker crashed, so that the items must be processed one by one to find the cause.</summary>
    public bool AfterCrash => Attempts > 1;
}
