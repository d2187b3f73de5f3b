using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>An item of a batch with its outcome.</summary>
public sealed record BatchItemRow
{
    /// <summary>Zero-based position in the batch.</summary>
    public required int Number { get; init; }

    /// <summary>Name in results and reports.</summary>
    public required string Name { get; init; }

    /// <summary>Full path of the file, or the address.</summary>
    public required string Location { get; init; }

    /// <summary>Size in bytes; null if unknown.</summary>
    public long? Size { get; init; }

    /// <summary>The further columns of the manifest as a JSON object of strings; null if there are none.</summary>
    public string? Metadata { get; init; }

    /// <summary>Whether there is a result; null without an outcome.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>The most probable emotion; null without a result.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>The emotion of most of the speech; null if the recording was processed as a whole, or without a result.</summary>
    public Emotion? Dominant { get; init; }

    /// <summary>The share of that emotion in the speech time; null as above.</summary>
    public float? Share { get; init; }

    /// <summary>The second emotion of the headline, if it is close to the first.</summary>
    public Emotion? Secondary { get; init; }

    /// <summary>Probability of <see cref="Emotion"/>; null without a result.</summary>
    public float? Confidence { get; init; }

    /// <summary>Length of the recording in seconds; null without a result.</summary>
    public double? Duration { get; init; }

    /// <summary>Code of the error; null without an error.</summary>
    public string? Code { get; init; }

    /// <summary>English text of the error; null without an error.</summary>
    public string? Message { get; init; }

    /// <summary>Chinese text of the error; null without an error.</summary>
    public string? MessageZh { get; init; }

    /// <summary>Name of the item with the same bytes whose result this is; null if the model processed the recording.</summary>
    public string? SameAs { get; init; }

    /// <summary>The result as one line of <c>recognize --json</c>; null without a result, and in lists.</summary>
    public string? Document { get; init; }

    /// <summary>The state.</summary>
    public BatchItemState State => Succeeded switch
    {
        null => BatchItemState.Pending,
        true => BatchItemState.Done,
        false => BatchItemState.Failed,
    };
}
