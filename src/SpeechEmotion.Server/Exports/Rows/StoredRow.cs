namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>One recording with its outcome as the database returns them.</summary>
internal sealed record StoredRow
{
    /// <summary>Zero-based position in the batch.</summary>
    public required int Item { get; init; }

    /// <summary>Name of the recording.</summary>
    public required string File { get; init; }

    /// <summary>The further columns of the manifest as a JSON object of strings; null if there are none.</summary>
    public string? Metadata { get; init; }

    /// <summary>Whether there is a result; null while the recording is pending.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>Code of the error; null without one.</summary>
    public string? Code { get; init; }

    /// <summary>English text of the error; null without one.</summary>
    public string? Message { get; init; }

    /// <summary>Chinese text of the error; null without one.</summary>
    public string? MessageZh { get; init; }

    /// <summary>SHA-256 of the recording's bytes; null if unknown.</summary>
    public string? Digest { get; init; }

    /// <summary>Item whose result this is; null if the model processed the recording.</summary>
    public int? SameAs { get; init; }

    /// <summary>Name of that item.</summary>
    public string? SameAsFile { get; init; }

    /// <summary>The result as one line of JSON; null without one.</summary>
    public string? Document { get; init; }

    /// <summary>The embedding; null if there is none, or if it was not requested.</summary>
    public byte[]? Embedding { get; init; }

    /// <summary>The approximate memory of the row in bytes.</summary>
    public long Size => (2L * ((Document?.Length ?? 0) + (Metadata?.Length ?? 0))) + (Embedding?.Length ?? 0);
}
