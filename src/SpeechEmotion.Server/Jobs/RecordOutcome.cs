namespace SpeechEmotion.Server.Jobs;

/// <summary>What happened to a recognition that was to be written to the history.</summary>
internal enum RecordOutcome
{
    /// <summary>The history has it.</summary>
    Stored,

    /// <summary>The history could not be written; the log contains the reason.</summary>
    Failed,

    /// <summary>The recognition was deleted, or another program has it.</summary>
    Lost,
}
