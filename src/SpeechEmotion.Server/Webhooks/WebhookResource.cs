using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Webhooks;

/// <summary>An event and its delivery.</summary>
/// <param name="Id">Identifier of the event, which its receiver sees as <c>webhook-id</c>.</param>
/// <param name="Type">Kind of the event, for example <c>recognition.done</c>.</param>
/// <param name="Receiver">Scheme, host and port of the receiver; the rest of its URL may be secret.</param>
/// <param name="State">State of the delivery.</param>
/// <param name="Created">Time of the event.</param>
/// <param name="Completed">Time of the delivery, or of the last failed attempt; null while further attempts follow.</param>
/// <param name="Attempts">Number of attempts since the event or the latest retry.</param>
/// <param name="NextAttempt">Earliest time of the next attempt; null if none follows.</param>
/// <param name="Status">HTTP status of the latest answer; null if there was none.</param>
/// <param name="Error">Why the latest attempt failed, in the language of the request; null if it did not fail.</param>
/// <param name="Subject">Link to the recognition or batch.</param>
public sealed record WebhookResource(
    string Id, string Type, string Receiver, WebhookState State, DateTimeOffset Created, DateTimeOffset? Completed, int Attempts,
    DateTimeOffset? NextAttempt, int? Status, ErrorResource? Error, string Subject)
{
    internal static WebhookResource Of(WebhookEntry entry, HttpContext context) => new(
        entry.Id, entry.Type, new Uri(entry.Url).GetLeftPart(UriPartial.Authority), entry.State, LocalTime.Of(entry.Created),
        entry.Completed is { } completed ? LocalTime.Of(completed) : null, entry.Attempts,
        entry.State == WebhookState.Pending ? LocalTime.Of(entry.Due) : null, entry.Status, WebhookErrors.Of(entry, context.Language()),
        context.Request.PathBase + entry.Subject);
}
