namespace SpeechEmotion.Server.Storage.Webhooks;

/// <summary>The state of a webhook's delivery.</summary>
public enum WebhookState
{
    /// <summary>The receiver has not accepted the event yet; further attempts follow.</summary>
    Pending,

    /// <summary>The receiver has accepted the event.</summary>
    Delivered,

    /// <summary>All attempts failed, or the receiver no longer exists.</summary>
    Dead,
}
