using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>Which items of a batch are listed, and in which order.</summary>
public sealed record BatchItemQuery
{
    /// <summary>Only items in this state; null for all.</summary>
    public BatchItemState? State { get; init; }

    /// <summary>Only results whose headline names this emotion; null for all.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>Only errors with this code; null for all.</summary>
    public string? Code { get; init; }

    /// <summary>Only items whose name contains this text; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>Only results with at least this confidence, in [0, 1]; null for all.</summary>
    public float? MinConfidence { get; init; }

    /// <summary>Only results with at most this confidence, in [0, 1]; null for all.</summary>
    public float? MaxConfidence { get; init; }

    /// <summary>The order; items that are equal in it are in the order of their numbers.</summary>
    public BatchItemOrder Order { get; init; }

    /// <summary>Whether the greatest value is first.</summary>
    public bool Descending { get; init; }

    /// <summary>The number of items to leave out at the beginning.</summary>
    public int Offset { get; init; }

    /// <summary>The most items that are returned.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Whether all items of the batch match.</summary>
    internal bool IsUnfiltered => (State, Emotion, MinConfidence, MaxConfidence) == default && Code is null && string.IsNullOrEmpty(Name);
}
