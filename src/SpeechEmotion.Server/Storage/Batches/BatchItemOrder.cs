namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The order in which the items of a batch are listed.</summary>
public enum BatchItemOrder
{
    /// <summary>As they were added.</summary>
    Number,

    /// <summary>By name.</summary>
    Name,

    /// <summary>By the most probable emotion.</summary>
    Emotion,

    /// <summary>By the probability of that emotion.</summary>
    Confidence,

    /// <summary>By the length of the recording.</summary>
    Duration,
}
