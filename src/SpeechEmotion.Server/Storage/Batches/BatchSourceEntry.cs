namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>
/// A folder, archive or manifest whose recordings the server adds to a batch. Single recordings that a client sends are items at once.
/// </summary>
public sealed class BatchSourceEntry
{
    /// <summary>Identifier of the batch.</summary>
    public required int BatchId { get; set; }

    /// <summary>Zero-based position among the sources of the batch.</summary>
    public required int Number { get; set; }

    /// <summary>The name that people see; the names of its recordings begin with it.</summary>
    public required string Name { get; set; }

    /// <summary>Full path of the folder or file.</summary>
    public required string Location { get; set; }

    /// <summary>SHA-256 of a file that a client sent, lower-case hexadecimal; null for others.</summary>
    public string? Digest { get; set; }

    /// <summary>Whether the source was read, to its end or to <see cref="Code"/>.</summary>
    public bool IsRead { get; set; }

    /// <summary>Code of the error that ended the reading; null if there is none.</summary>
    public string? Code { get; set; }

    /// <summary>English text of that error.</summary>
    public string? Message { get; set; }

    /// <summary>Chinese text of that error.</summary>
    public string? MessageZh { get; set; }
}
