namespace SpeechEmotion.Client.Results;

/// <summary>One channel of a timeline, with its own summary.</summary>
public sealed record TimelineChannel
{
    /// <summary>Index of the channel, 0 for the first.</summary>
    public required int Index { get; init; }

    /// <summary>Who speaks on the channel, for example <c>customer</c>; <c>mix</c> if the channels were mixed.</summary>
    public required string Role { get; init; }

    /// <summary>Seconds of speech.</summary>
    public required double Speech { get; init; }

    /// <summary>Seconds without speech.</summary>
    public required double Silence { get; init; }

    /// <summary>Emotion with the largest share; null without speech.</summary>
    public Emotion? Dominant { get; init; }

    /// <summary>Share of each emotion in the speech time; null without speech.</summary>
    public Scores? Shares { get; init; }
}
