using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Jobs;

/// <summary>A recognition at one moment.</summary>
/// <param name="Document">What is known of it.</param>
/// <param name="Progress">Share of the recording that was recognised, in [0, 1]; null where that is not known.</param>
/// <param name="QueuePosition">1 for the next one; null where it does not wait.</param>
public sealed record JobSnapshot(RecognitionDocument Document, double? Progress, int? QueuePosition)
{
    /// <summary>How far it is.</summary>
    public RecognitionState State => Document.State;
}
