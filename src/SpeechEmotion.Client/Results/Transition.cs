namespace SpeechEmotion.Client.Results;

/// <summary>A change of emotion from one segment of a channel to the next.</summary>
public sealed record Transition
{
    /// <summary>Time of the change, in seconds from the start of the recording.</summary>
    public required double Time { get; init; }

    /// <summary>Index of the channel.</summary>
    public required int Channel { get; init; }

    /// <summary>Emotion before the change.</summary>
    public required Emotion From { get; init; }

    /// <summary>Emotion after the change.</summary>
    public required Emotion To { get; init; }

    /// <summary>The smaller of the confidences of the two segments, in [0, 1].</summary>
    public required float Confidence { get; init; }
}
