namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>One recording of a batch.</summary>
public sealed class BatchItemEntry
{
    /// <summary>Identifier of the batch.</summary>
    public required int BatchId { get; set; }

    /// <summary>Zero-based position in the batch.</summary>
    public required int Number { get; set; }

    /// <summary>Name in results and reports, unique in the batch.</summary>
    public required string Name { get; set; }

    /// <summary>Full path of the file, or the address.</summary>
    public required string Location { get; set; }

    /// <summary>Size in bytes; null if unknown.</summary>
    public long? Size { get; set; }

    /// <summary>Time of the last change in milliseconds since 1970; null if unknown.</summary>
    public long? Modified { get; set; }

    /// <summary>The further columns of the manifest as a JSON object of strings; null if there are none.</summary>
    public string? Metadata { get; set; }

    /// <summary>The latest pass over the sources that contained the item.</summary>
    public int Pass { get; set; }
}
