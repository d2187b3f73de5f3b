using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Jobs;

/// <summary>The state of a recognition at one moment.</summary>
/// <param name="Document">The recognition's document.</param>
/// <param name="Progress">Processed share of the recording, in [0, 1]; null if unknown.</param>
/// <param name="QueuePosition">Position in the queue, 1 for the next to run; null if the recognition is not queued.</param>
public sealed record JobSnapshot(RecognitionDocument Document, double? Progress, int? QueuePosition)
{
    /// <summary>State of the recognition.</summary>
    public RecognitionState State => Document.State;
}
