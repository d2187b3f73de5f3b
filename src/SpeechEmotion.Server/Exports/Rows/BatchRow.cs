namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>
/// One recording of a batch or of the history with its outcome: an answer, a failure, or neither while it is pending.
/// </summary>
internal sealed record BatchRow
{
    /// <summary>The metadata of a recording without any.</summary>
    public static IReadOnlyDictionary<string, string> NoMetadata { get; } = new Dictionary<string, string>();

    /// <summary>Zero-based position in the batch; 0 in the history.</summary>
    public int Item { get; init; }

    /// <summary>The recognition of the history; null in a batch.</summary>
    public RowRecognition? Recognition { get; init; }

    /// <summary>Name of the recording, unique in the batch.</summary>
    public required string File { get; init; }

    /// <summary>The further columns of the manifest.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = NoMetadata;

    /// <summary>The result; null without one.</summary>
    public RowAnswer? Answer { get; init; }

    /// <summary>The error; null without one.</summary>
    public RowFailure? Failure { get; init; }

    /// <summary>The result as one line of <c>recognize --json</c>, UTF-8; empty without a result.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>
    /// Opens the <c>result.json</c> with the timeline and the frames that <see cref="Document"/> lacks; returns null if it no longer
    /// exists. Null if nothing is lacking.
    /// </summary>
    public Func<CancellationToken, Task<Stream?>>? OpenResult { get; init; }

    /// <summary>SHA-256 of the recording's bytes, lower-case hexadecimal; null if unknown.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Item with the same bytes whose result this is; null if the model processed the recording.</summary>
    public int? SameAs { get; init; }

    /// <summary>Name of that item.</summary>
    public string? SameAsFile { get; init; }

    /// <summary>The embedding of the utterance: float32, little-endian; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Embedding { get; init; }
}
