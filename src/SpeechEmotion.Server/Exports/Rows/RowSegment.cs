using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>A segment of speech in a result, with the numbers as stored.</summary>
internal sealed record RowSegment
{
    /// <summary>Zero-based position in the timeline.</summary>
    public required int Number { get; init; }

    /// <summary>Index of the channel.</summary>
    public required int Channel { get; init; }

    /// <summary>Who speaks on the channel; <c>mix</c> if the channels were mixed.</summary>
    public required string Role { get; init; }

    /// <summary>Start in seconds.</summary>
    public required double Start { get; init; }

    /// <summary>End in seconds.</summary>
    public required double End { get; init; }

    /// <summary>The most probable emotion.</summary>
    public required Emotion Emotion { get; init; }

    /// <summary>Probability of that emotion, in [0, 1].</summary>
    public required float Confidence { get; init; }

    /// <summary>Nine probabilities in the order of <see cref="Results.Emotion"/>.</summary>
    public required float[] Scores { get; init; }
}
