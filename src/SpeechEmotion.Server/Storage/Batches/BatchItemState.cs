namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The state of an item of a batch.</summary>
public enum BatchItemState
{
    /// <summary>The item has no outcome yet.</summary>
    Pending,

    /// <summary>The item has a result.</summary>
    Done,

    /// <summary>The item has an error.</summary>
    Failed,
}
