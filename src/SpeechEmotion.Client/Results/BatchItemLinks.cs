namespace SpeechEmotion.Client.Results;

/// <summary>Links of a recording of a batch.</summary>
public sealed record BatchItemLinks
{
    /// <summary>The recording with its result.</summary>
    public required string Self { get; init; }

    /// <summary>The recording's own bytes; they may be gone if the batch reads a folder of the server.</summary>
    public required string Audio { get; init; }
}
