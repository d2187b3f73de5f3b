namespace SpeechEmotion.Server.Webhooks;

/// <summary>Events of webhooks.</summary>
/// <param name="Items">The events, newest first.</param>
/// <param name="Next">The value of <c>cursor</c> for older events; null if there are none.</param>
public sealed record WebhookList(IReadOnlyList<WebhookResource> Items, string? Next);
