namespace SpeechEmotion.Client.Results;

/// <summary>The options of a recognition that affect the answer.</summary>
public sealed record AppliedOptions
{
    /// <summary><c>utterance</c> or <c>frame</c>.</summary>
    public required string Granularity { get; init; }

    /// <summary>How the model actually processed the recording: <c>whole</c>, or by <c>segments</c> of speech.</summary>
    public required string Segments { get; init; }

    /// <summary>
    /// <c>skip</c> if silence was removed before the model; null if the model processed everything, or segments one by one.
    /// </summary>
    public string? Silence { get; init; }

    /// <summary><c>mix</c> or <c>split</c>.</summary>
    public required string Channels { get; init; }

    /// <summary>How speech was cut into segments; null for the defaults.</summary>
    public AppliedSegmentation? Segmentation { get; init; }
}
