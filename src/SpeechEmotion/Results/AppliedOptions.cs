using System.Text.Json.Serialization;

namespace SpeechEmotion.Results;

/// <summary>The options by which a recording was recognised, as far as an answer depends on them.</summary>
public sealed record AppliedOptions
{
    /// <summary><c>utterance</c> or <c>frame</c>.</summary>
    public required string Granularity { get; init; }

    /// <summary>Whether it was really heard <c>whole</c> or by <c>segments</c> of speech.</summary>
    public required string Segments { get; init; }

    /// <summary><c>skip</c> where silence was left out before the model; null where the model processed all, or segments one by one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Silence { get; init; }

    /// <summary><c>mix</c> or <c>split</c>.</summary>
    public required string Channels { get; init; }

    /// <summary>How speech was cut into segments; null where that was by default.</summary>
    public AppliedSegmentation? Segmentation { get; init; }
}
