using SpeechEmotion.Options;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Jobs;

/// <summary>What is asked of one recognition.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Options">How it is to be recognised; limits and sink are the server's matter.</param>
/// <param name="Model">Name of the model; null for the server's own.</param>
public sealed record RecognitionRequest(UploadedRecording Recording, RecognitionOptions Options, string? Model)
{
    /// <summary>The idempotency key with which it was asked; null for none.</summary>
    public IdempotencyStamp? Idempotency { get; init; }
}
