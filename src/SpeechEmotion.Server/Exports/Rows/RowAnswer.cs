using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>What the tables take from the result of a recording.</summary>
internal sealed record RowAnswer
{
    /// <summary>The most probable emotion.</summary>
    public required Emotion Emotion { get; init; }

    /// <summary>The emotion of most of the speech, with its share; null if the recording was recognized as a whole.</summary>
    public RowDominant? Dominant { get; init; }

    /// <summary>The emotion that a person reads first: of most of the speech, otherwise the most probable one.</summary>
    public Emotion Headline => Dominant?.Emotion ?? Emotion;

    /// <summary>Probability of <see cref="Emotion"/>, in [0, 1].</summary>
    public required float Confidence { get; init; }

    /// <summary>Nine probabilities in the order of <see cref="Results.Emotion"/>.</summary>
    public required float[] Scores { get; init; }

    /// <summary><c>utterance</c> or <c>frame</c>.</summary>
    public required string Granularity { get; init; }

    /// <summary>Length of the recording in seconds.</summary>
    public required double Duration { get; init; }

    /// <summary>The model.</summary>
    public required RowModel Model { get; init; }

    /// <summary>Keys of the reasons why the answer may be weak.</summary>
    public IReadOnlyList<string> Quality { get; init; } = [];

    /// <summary>The emotion of the speech alone, if the silence changes the answer; otherwise null.</summary>
    public Emotion? SpeechOnly { get; init; }

    /// <summary>The emotions over time; null if the recording was recognized as a whole.</summary>
    public RowTimeline? Timeline { get; init; }
}
