namespace SpeechEmotion.Client.Results;

/// <summary>What a request added to an open batch.</summary>
public sealed record BatchAddition
{
    /// <summary>Number of recordings and archives that were added.</summary>
    public required int Added { get; init; }

    /// <summary>Number of recordings that the batch had already, with the same name and bytes; they were not added.</summary>
    public required int Repeated { get; init; }
}
