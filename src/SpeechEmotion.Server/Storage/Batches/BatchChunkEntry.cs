namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>
/// Consecutive items of a batch that one worker processes under one lease. Only chunks change their state, not items: a million items
/// are ten thousand chunks.
/// </summary>
public sealed class BatchChunkEntry
{
    /// <summary>Identifier of the batch.</summary>
    public required int BatchId { get; set; }

    /// <summary>Zero-based position in the batch.</summary>
    public required int Number { get; set; }

    /// <summary>Number of the first item.</summary>
    public required int First { get; set; }

    /// <summary>Number of the last item.</summary>
    public required int Last { get; set; }

    /// <summary>State of the chunk.</summary>
    public ChunkState State { get; set; }

    /// <summary>How often a worker took the chunk without returning it.</summary>
    public int Attempts { get; set; }

    /// <summary>The worker that holds the lease.</summary>
    public string? Worker { get; set; }

    /// <summary>End of the lease in milliseconds since 1970.</summary>
    public long LeasedUntil { get; set; }

    /// <summary>The item that the worker processes alone, because an earlier worker crashed; null if there is none.</summary>
    public int? Suspect { get; set; }

    /// <summary>How many workers crashed on <see cref="Suspect"/>.</summary>
    public int Crashes { get; set; }

    /// <summary>Whether an item got an error because programs crashed on it.</summary>
    public bool GaveUp { get; set; }

    /// <summary>Number of items with a result.</summary>
    public int Succeeded { get; set; }

    /// <summary>Number of items with an error.</summary>
    public int Failed { get; set; }

    /// <summary>The emotions of the items with a result.</summary>
    public EmotionCounts Emotions { get; set; } = new();

    /// <summary>Total length of the recognized recordings, in seconds.</summary>
    public double Seconds { get; set; }
}
