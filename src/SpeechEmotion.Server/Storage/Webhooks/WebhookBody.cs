namespace SpeechEmotion.Server.Storage.Webhooks;

/// <summary>The body of a webhook, in the form of Standard Webhooks.</summary>
/// <param name="Type">Kind of the event, for example <c>recognition.done</c>.</param>
/// <param name="Timestamp">Time of the event in UTC.</param>
/// <param name="Data">What has ended.</param>
internal sealed record WebhookBody<T>(string Type, DateTimeOffset Timestamp, T Data);
