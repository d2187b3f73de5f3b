namespace SpeechEmotion.Server.Storage;

/// <summary>How far a recognition is. The last three are final.</summary>
public enum RecognitionState
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>It is being recognised.</summary>
    Running,

    /// <summary>It has its result.</summary>
    Done,

    /// <summary>It has an error.</summary>
    Failed,

    /// <summary>Whoever asked for it took it back.</summary>
    Cancelled,
}
