namespace SpeechEmotion.Server.Storage;

/// <summary>State of a recognition. The last three are final.</summary>
public enum RecognitionState
{
    /// <summary>The recognition waits in the queue.</summary>
    Queued,

    /// <summary>The recognition is in progress.</summary>
    Running,

    /// <summary>The recognition has a result.</summary>
    Done,

    /// <summary>The recognition failed with an error.</summary>
    Failed,

    /// <summary>The client cancelled the recognition.</summary>
    Cancelled,
}
