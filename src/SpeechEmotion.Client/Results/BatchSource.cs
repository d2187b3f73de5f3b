namespace SpeechEmotion.Client.Results;

/// <summary>A folder, archive or manifest of a batch.</summary>
public sealed record BatchSource
{
    /// <summary>Its name; empty for the whole folder that the server may read.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the server has read it, to its end or to the error.</summary>
    public required bool IsRead { get; init; }

    /// <summary>Why the reading ended early; null if it did not.</summary>
    public Failure? Error { get; init; }
}
