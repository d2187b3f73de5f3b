namespace SpeechEmotion.Client.Options;

/// <summary>What is asked of a batch.</summary>
public sealed record BatchOptions
{
    /// <summary>
    /// Identifies the batch, 1 to 255 printable ASCII characters: a program that was stopped runs the batch with the same key again, and
    /// continues it. Null for a new batch each time.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>The name that people see; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>-10 to 10; batches with a higher number are processed first.</summary>
    public int Priority { get; init; }

    /// <summary>The address that the server calls when the batch is done; null for none.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>How each recording is recognized.</summary>
    public RecognitionOptions Recognition { get; init; } = new();
}
