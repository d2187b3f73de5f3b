using SpeechEmotion.Options;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Jobs;

/// <summary>A request for a recognition.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Options">Options of the recognition; the server sets the limits and the sink.</param>
/// <param name="Model">Name of the model; null for the server's active model.</param>
public sealed record RecognitionRequest(UploadedRecording Recording, RecognitionOptions Options, string? Model)
{
    /// <summary>Idempotency key of the request; null without one.</summary>
    public IdempotencyStamp? Idempotency { get; init; }

    /// <summary>The URL that receives the final state; null for none.</summary>
    public string? Webhook { get; init; }
}
