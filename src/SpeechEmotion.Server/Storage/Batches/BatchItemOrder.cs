namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The order in which the items of a batch are listed.</summary>
public enum BatchItemOrder
{
    /// <summary>As they were added.</summary>
    Number,

    /// <summary>By name.</summary>
    Name,

    /// <summary>By the emotion: of most of the speech or, if processed as a whole, the most probable.</summary>
    Emotion,

    /// <summary>By the share of that emotion in the speech or, if processed as a whole, its probability.</summary>
    Confidence,

    /// <summary>By the length of the recording.</summary>
    Duration,
}
