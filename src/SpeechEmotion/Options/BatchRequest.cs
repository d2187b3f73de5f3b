namespace SpeechEmotion.Options;

/// <summary>What <c>ser batch</c> asks of the server program, which processes the batch without listening.</summary>
internal sealed record BatchRequest
{
    /// <summary>The folder that receives the exports and keeps the batch.</summary>
    public required string Output { get; init; }

    /// <summary>How to recognize each recording.</summary>
    public required BatchOptions Options { get; init; }

    /// <summary>A CSV or JSONL file with a path and further columns for each recording; null if there is none.</summary>
    public string? Metadata { get; init; }

    /// <summary>Whether manifests may name recordings by URL, which are then fetched.</summary>
    public bool AllowUrls { get; init; }

    /// <summary>Whether to process the failed recordings again.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Whether to discard an earlier batch in the output folder.</summary>
    public bool Restart { get; init; }

    /// <summary>Processes at most this many recordings of the sources; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether to only count what would be processed.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether to write events as lines of JSON to standard output.</summary>
    public bool Json { get; init; }

    /// <summary>The language of messages and reports: <c>en</c> or <c>zh</c>.</summary>
    public required string Language { get; init; }
}
