namespace SpeechEmotion.Client.Options;

/// <summary>The order of the items of a batch.</summary>
public enum BatchItemOrder
{
    /// <summary>As they were added.</summary>
    Number,

    /// <summary>By the name of the recording.</summary>
    Name,

    /// <summary>By the probability of the emotion.</summary>
    Confidence,

    /// <summary>By the length of the recording.</summary>
    Duration,

    /// <summary>By the emotion.</summary>
    Emotion,
}
