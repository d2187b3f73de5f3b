using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The outcome of one item: its result or its error. An item has at most one.</summary>
public sealed class BatchOutcomeEntry
{
    /// <summary>Identifier of the batch.</summary>
    public required int BatchId { get; set; }

    /// <summary>Number of the item.</summary>
    public required int Number { get; set; }

    /// <summary>Whether there is a result.</summary>
    public required bool Succeeded { get; set; }

    /// <summary>Stable code of the error; null with a result.</summary>
    public string? Code { get; set; }

    /// <summary>English text of the error; null with a result.</summary>
    public string? Message { get; set; }

    /// <summary>Chinese text of the error; null with a result.</summary>
    public string? MessageZh { get; set; }

    /// <summary>The most probable emotion; null without a result.</summary>
    public Emotion? Emotion { get; set; }

    /// <summary>
    /// The emotion of most of the speech; null if the recording was processed as a whole, without a result, or if an older version
    /// stored the outcome.
    /// </summary>
    public Emotion? Dominant { get; set; }

    /// <summary>The share of that emotion in the speech time; null as above.</summary>
    public float? Share { get; set; }

    /// <summary>The second emotion of the headline, if it is close to the first.</summary>
    public Emotion? Secondary { get; set; }

    /// <summary>Probability of <see cref="Emotion"/>; null without a result.</summary>
    public float? Confidence { get; set; }

    /// <summary>Length of the recording in seconds; null without a result.</summary>
    public double? Duration { get; set; }

    /// <summary>SHA-256 of the recording's bytes, lower-case hexadecimal; null if they could not be read.</summary>
    public string? Digest { get; set; }

    /// <summary>Number of the item with the same bytes whose result this is; null if the model processed the recording.</summary>
    public int? SameAs { get; set; }

    /// <summary>Time of the outcome in milliseconds since 1970.</summary>
    public required long Completed { get; set; }

    /// <summary>The result as one line of <c>recognize --json</c>, without its line feed; null without a result.</summary>
    public string? Document { get; set; }

    /// <summary>The embedding of the utterance: float32, little-endian; null if it was not requested.</summary>
    public byte[]? Embedding { get; set; }
}
