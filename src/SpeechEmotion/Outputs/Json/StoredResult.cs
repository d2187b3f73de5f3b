using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Json;

/// <summary>An answer as stored in a <c>result.json</c>, without frames and timeline.</summary>
internal sealed record StoredResult
{
    /// <summary>The most probable emotion, as stored.</summary>
    public required Emotion Emotion { get; init; }

    /// <summary>Its probability in thousandths.</summary>
    public required int Confidence { get; init; }

    /// <summary>All nine probabilities in thousandths, in the order of <see cref="Results.Emotion"/>.</summary>
    public required IReadOnlyList<int> Thousandths { get; init; }

    /// <summary>The model's own labels and probabilities, unrounded.</summary>
    public required IReadOnlyList<LabelScore> Labels { get; init; }

    /// <summary>Name of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>The arithmetic of its graph.</summary>
    public required string Precision { get; init; }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the weights.</summary>
    public required string ModelHash { get; init; }

    /// <summary>The origin of the answer in addition to the model; null in a result of an older program.</summary>
    public Provenance? Provenance { get; init; }
}
