namespace SpeechEmotion.Server.Webhooks;

/// <summary>What came of an attempt.</summary>
/// <param name="Status">HTTP status of the answer; null if there was none.</param>
/// <param name="Code">Code of the failure; null if the receiver has accepted the event.</param>
internal sealed record WebhookAnswer(int? Status, string? Code)
{
    /// <summary>Whether the receiver no longer exists, so that no further attempt makes sense (410 Gone).</summary>
    public bool IsGone => Status == StatusCodes.Status410Gone;
}
