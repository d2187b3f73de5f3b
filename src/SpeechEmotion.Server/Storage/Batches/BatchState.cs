namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The state of a batch.</summary>
public enum BatchState
{
    /// <summary>Its recordings are read and recognized.</summary>
    Running,

    /// <summary>Stopped by a user, or by a failure that <see cref="BatchEntry.Code"/> names; it can be resumed.</summary>
    Paused,

    /// <summary>Stopped by a user who does not intend to go on. It keeps its outcomes.</summary>
    Cancelled,

    /// <summary>Every recording has its outcome.</summary>
    Done,

    /// <summary>Deleted by a user. No query returns it, except that of <see cref="BatchDeletion"/>, which deletes its rows.</summary>
    Deleted,
}
