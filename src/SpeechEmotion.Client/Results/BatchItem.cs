using System.Text.Json;

namespace SpeechEmotion.Client.Results;

/// <summary>A recording of a batch.</summary>
public sealed record BatchItem
{
    /// <summary>Zero-based position in the batch.</summary>
    public required int Number { get; init; }

    /// <summary>Name of the recording.</summary>
    public required string Name { get; init; }

    /// <summary>Current state.</summary>
    public required BatchItemState State { get; init; }

    /// <summary>Most probable emotion; null without a result.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>Probability of that emotion, in [0, 1]; null without a result.</summary>
    public float? Confidence { get; init; }

    /// <summary>
    /// Second most probable emotion, if it is close to the first: at least 0.2 and at least four fifths of the first probability.
    /// </summary>
    public Emotion? Secondary { get; init; }

    /// <summary>
    /// Emotion of most of the speech, which describes a recording that was recognized by segments better than the averaged scores;
    /// null without a result, without speech, or if the model processed the recording as a whole.
    /// </summary>
    public Dominant? Dominant { get; init; }

    /// <summary>Length of the recording in seconds; null without a result.</summary>
    public double? Duration { get; init; }

    /// <summary>Name of the recording with the same bytes whose result this is; null if the model processed this one.</summary>
    public string? SameAs { get; init; }

    /// <summary>Why the recording failed; null if it did not.</summary>
    public Failure? Error { get; init; }

    /// <summary>Size in bytes; null if unknown.</summary>
    public long? Size { get; init; }

    /// <summary>The columns of the manifest; null if there are none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The whole result, as a line of <c>ser recognize --json</c>; null in lists and without a result.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Related addresses.</summary>
    public required BatchItemLinks Links { get; init; }
}
