using SpeechEmotion.Client.Results;

namespace SpeechEmotion.Client.Options;

/// <summary>Which items of a batch are wanted; null for no condition.</summary>
public sealed record BatchItemQuery
{
    /// <summary>Only items in this state.</summary>
    public BatchItemState? State { get; init; }

    /// <summary>Only results with this emotion: that of <c>Dominant</c>, if it is not null.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>Only failures with this code, for example <c>audio.damaged</c>.</summary>
    public string? Code { get; init; }

    /// <summary>Only recordings whose name contains this text.</summary>
    public string? Name { get; init; }

    /// <summary>Only results with at least this confidence, 0 to 1.</summary>
    public double? MinConfidence { get; init; }

    /// <summary>Only results with at most this confidence, 0 to 1.</summary>
    public double? MaxConfidence { get; init; }

    /// <summary>The order of the items.</summary>
    public BatchItemOrder Sort { get; init; }

    /// <summary>Whether the order is reversed.</summary>
    public bool Descending { get; init; }
}
