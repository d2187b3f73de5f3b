namespace SpeechEmotion.Client.Results;

/// <summary>Links of a batch. A link is null if the batch's state does not allow the action.</summary>
public sealed record BatchLinks
{
    /// <summary>The batch itself.</summary>
    public required string Self { get; init; }

    /// <summary>Server-sent events of the batch.</summary>
    public required string Events { get; init; }

    /// <summary>Its recordings with their outcomes.</summary>
    public required string Items { get; init; }

    /// <summary>Its results as a file.</summary>
    public required string Export { get; init; }

    /// <summary>POST to this link to add recordings, while the batch is open.</summary>
    public string? Recordings { get; init; }

    /// <summary>POST to this link to end an open batch.</summary>
    public string? Seal { get; init; }

    /// <summary>POST to this link to pause the batch.</summary>
    public string? Pause { get; init; }

    /// <summary>POST to this link to resume a paused or cancelled batch.</summary>
    public string? Resume { get; init; }

    /// <summary>POST to this link to cancel the batch.</summary>
    public string? Cancel { get; init; }

    /// <summary>POST to this link to process failed recordings again.</summary>
    public string? Retry { get; init; }
}
